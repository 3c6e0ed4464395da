package io.lifeboat.workflow.failover;

import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.Receipts;
import io.lifeboat.workflow.SearchAttributes;
import io.lifeboat.workflow.epoch.Epoch;
import io.lifeboat.workflow.failover.Assessment.DatabaseRole;
import io.lifeboat.workflow.fence.FenceReceipt;
import io.lifeboat.workflow.guard.ServiceGuard;
import io.lifeboat.workflow.report.RunReport.CompensationReport;
import io.lifeboat.workflow.run.AbortedException;
import io.lifeboat.workflow.run.Decision;
import io.lifeboat.workflow.run.RunPhase;
import io.lifeboat.workflow.run.RunStatus;
import io.lifeboat.workflow.run.Steps;
import io.lifeboat.workflow.run.Verdict;
import io.lifeboat.workflow.runbook.PinnedRunbook;
import io.lifeboat.workflow.verification.VerificationReceipt;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import io.temporal.workflow.WorkflowInit;
import java.util.ArrayList;
import java.util.List;

/**
 * The order of a region failover. Fence before promotion, promotion before scaling, smoke tests before traffic; up to the
 * promotion everything can be undone, from there on the run goes through.
 */
public final class RegionFailoverWorkflowImpl implements RegionFailoverWorkflow {
    private final FailoverRequest request;
    private final FailoverRun run;

    @WorkflowInit
    public RegionFailoverWorkflowImpl(FailoverRequest request) {
        this.request = FailoverRequests.orEmpty(request);
        this.run = new FailoverRun(this.request);
    }

    /**
     * Temporal's own cancel never interrupts a call that is under way, because its effect would then be unknown: the run lives
     * in a detached scope and listens to a cancel where it listens to {@code abort}.
     */
    @Override
    public FailoverResult run(FailoverRequest ignored) {
        List<FailoverResult> result = new ArrayList<>();
        Workflow.newDetachedCancellationScope(() -> result.add(guarded())).run();
        return result.get(0);
    }

    private FailoverResult guarded() {
        String service = FailoverRequests.validate(request);
        Workflow.upsertTypedSearchAttributes(
                SearchAttributes.SERVICE.valueSet(service),
                SearchAttributes.PROCEDURE.valueSet(TYPE),
                SearchAttributes.INCIDENT.valueSet(request.incident().orElse("")));
        ServiceGuard guard = ServiceGuard.ask(service, TYPE);
        Promise<PinnedRunbook> loading =
                Async.function(() -> FailoverPorts.runbook().load(service));
        guard.awaitHeld();
        try {
            return failOver(service, loaded(loading));
        } catch (AbortedException aborted) {
            FailureType type = run.approval.isRejected() ? FailureType.APPROVAL_REJECTED : FailureType.ABORTED;
            String sentence = rollBack(aborted.getMessage() == null ? "" : aborted.getMessage());
            throw run.brakes.isCancelled() ? new CanceledFailure(sentence) : type.failure(sentence);
        } catch (ApplicationFailure failed) {
            rollBack(failed.getOriginalMessage());
            throw failed;
        } finally {
            guard.release();
            Workflow.await(Workflow::isEveryHandlerFinished);
        }
    }

    private FailoverResult failOver(String service, PinnedRunbook pinned) {
        Assessment assessment = run.steps.run(
                FailoverSteps.ASSESS, () -> FailoverPorts.assessment(service).assess(pinned.runbook()));
        FailoverPlan plan = FailoverPlan.of(pinned, assessment, FailoverRequests.mode(request));
        run.planned(pinned, plan);
        requireSomewhereToGo(plan, assessment);
        do {
            approve(pinned, plan);
            run.steps.passHold(FailoverSteps.TAKE_EPOCH);
        } while (!run.approval.isCurrent());

        FailoverProcedure procedure =
                new FailoverProcedure(pinned.runbook(), plan, run.brakes, run.compensations, run.steps);
        WorkflowInfo self = Workflow.getInfo();
        run.enter(RunPhase.RUNNING, service + " is moving from " + plan.from() + " to " + plan.to() + ".");
        Epoch epoch = run.steps
                .run(FailoverSteps.TAKE_EPOCH, () -> procedure.takeEpoch(self.getWorkflowId() + "/" + self.getRunId()))
                .epoch();
        run.took(epoch);
        run.steps.runSkippable(FailoverSteps.HOLD, () -> procedure.holdAutomation(epoch));
        FenceReceipt proof = run.steps.run(FailoverSteps.FENCE, () -> procedure.fence(epoch));
        run.steps.run(FailoverSteps.CHECK, () -> procedure.checkStandbys(epoch, proof));

        run.promoted(run.steps
                .run(FailoverSteps.PROMOTE, () -> procedure.promote(epoch, proof))
                .all());
        run.steps.run(FailoverSteps.SCALE_UP, () -> procedure.scaleUp(epoch));
        Receipts<VerificationReceipt> passed = run.steps.run(FailoverSteps.VERIFY, procedure::verify);
        run.steps.run(FailoverSteps.TRAFFIC, () -> procedure.moveTraffic(epoch, passed));
        run.steps.runSkippable(FailoverSteps.WATCH, procedure::watch);
        run.steps.run(FailoverSteps.CLOSE, () -> procedure.close(epoch));
        run.measured(procedure.clientRecord(run.warnings));
        return finish(pinned, plan, epoch);
    }

    private static PinnedRunbook loaded(Promise<PinnedRunbook> loading) {
        try {
            return loading.get();
        } catch (TemporalFailure failure) {
            throw FailureType.of(failure).failure(Steps.sentence(failure));
        }
    }

    private static void requireSomewhereToGo(FailoverPlan plan, Assessment assessment) {
        List<String> missing = assessment.in(plan.to()).databases().stream()
                .filter(d -> d.role() == DatabaseRole.UNREACHABLE)
                .map(d -> d.datastore() + " (" + d.detail() + ")")
                .toList();
        if (!missing.isEmpty()) {
            throw FailureType.PRECONDITION_FAILED.failure("Cannot fail over \"" + plan.service() + "\" from "
                    + plan.from() + " to " + plan.to() + ": in " + plan.to() + " there is no answer from "
                    + String.join(", ", missing) + ". Bring the standby up first; nothing was done.");
        }
    }

    /** An approval that has expired while the run was held is asked for again. */
    private void approve(PinnedRunbook pinned, FailoverPlan plan) {
        run.enter(
                RunPhase.AWAITING_APPROVAL,
                plan.service() + " can move from " + plan.from() + " to " + plan.to() + ". Plan " + plan.hash() + ".");
        run.steps.runOrEnd(FailoverSteps.APPROVE, () -> {
            run.steps.waitForPerson(FailoverSteps.APPROVE, "Waits for people to agree to plan " + plan.hash() + ".");
            run.approval.await(plan.hash(), pinned.runbook().approvals().failover(), run.brakes, run::show);
            return ApprovalReceipt.of(plan.hash(), run.approval.approvals());
        });
        run.approved();
    }

    private FailoverResult finish(PinnedRunbook pinned, FailoverPlan plan, Epoch epoch) {
        if (run.brakes.isCancelled()) {
            run.warnings.add("A cancel came after the point of no return and was not followed.");
        }
        FailoverVerdict verdict = FailoverVerdict.of(
                plan, pinned.runbook().objectives(), run.steps.skipped(), run.client(), run.markers());
        run.end(RunPhase.SUCCEEDED, verdict.verdict(), verdict.headline());
        report();
        return new FailoverResult(
                plan.service(),
                RunPhase.SUCCEEDED,
                verdict.verdict(),
                verdict.headline(),
                plan.from(),
                plan.to(),
                epoch.number(),
                run.links());
    }

    /** Undoes what was done and says so; the sentence is the run's last word. */
    private String rollBack(String why) {
        if (run.compensations.isEmpty()) {
            String sentence = why + " Nothing was changed.";
            run.end(RunPhase.FAILED, Verdict.RED, sentence);
            report();
            return sentence;
        }
        run.enter(RunPhase.COMPENSATING, why + " Everything done so far is being undone.");
        List<CompensationReport> outcomes = run.compensations.run();
        run.undone(outcomes);
        List<String> left = outcomes.stream()
                .filter(o -> !o.succeeded())
                .map(o -> o.name() + " (" + o.outcome() + ")")
                .toList();
        String sentence = left.isEmpty()
                ? why + " Everything was undone."
                : why + " NOT undone: " + String.join("; ", left) + ".";
        run.end(left.isEmpty() ? RunPhase.ROLLED_BACK : RunPhase.PARTIALLY_ROLLED_BACK, Verdict.RED, sentence);
        report();
        return sentence;
    }

    /** A report that cannot be written does not change what was recovered. */
    private void report() {
        run.report().ifPresent(report -> {
            try {
                run.reported(FailoverPorts.report().write(report));
            } catch (TemporalFailure failure) {
                Workflow.getLogger(RegionFailoverWorkflowImpl.class)
                        .warn("report not written: {}", Steps.sentence(failure));
            }
        });
    }

    /** A decision is visible to everyone at once. */
    private String shown(String answer) {
        run.show();
        return answer;
    }

    @Override
    public RunStatus status() {
        return run.status();
    }

    @Override
    public String approve(Decision decision) {
        return shown(run.approval.approve(decision, run.brakes));
    }

    @Override
    public void checkApprove(Decision decision) {
        run.approval.checkApprove(decision);
    }

    @Override
    public String reject(Decision decision) {
        return shown(run.approval.reject(decision, run.brakes));
    }

    @Override
    public void checkReject(Decision decision) {
        run.approval.checkReject(decision);
    }

    @Override
    public String hold(Decision decision) {
        return shown(run.brakes.hold(decision));
    }

    @Override
    public void checkHold(Decision decision) {
        run.brakes.checkHold(decision);
    }

    @Override
    public String resume(Decision decision) {
        return shown(run.brakes.resume(decision));
    }

    @Override
    public void checkResume(Decision decision) {
        run.brakes.checkResume(decision);
    }

    @Override
    public String abort(Decision decision) {
        return shown(run.brakes.abort(decision));
    }

    @Override
    public void checkAbort(Decision decision) {
        run.brakes.checkAbort(decision);
    }

    @Override
    public String retryStep(Decision decision) {
        return shown(run.brakes.retry(decision));
    }

    @Override
    public void checkRetryStep(Decision decision) {
        run.brakes.checkRetry(decision);
    }

    @Override
    public String skipStep(Decision decision) {
        return shown(run.brakes.skip(decision));
    }

    @Override
    public void checkSkipStep(Decision decision) {
        run.brakes.checkSkip(decision);
    }
}
