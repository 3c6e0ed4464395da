package io.lifeboat.workflow.failover;

import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.Receipts;
import io.lifeboat.workflow.client.ClientRecord;
import io.lifeboat.workflow.epoch.Epoch;
import io.lifeboat.workflow.failover.Assessment.DatabaseRole;
import io.lifeboat.workflow.fence.FenceReceipt;
import io.lifeboat.workflow.promotion.PromotionReceipt;
import io.lifeboat.workflow.report.RunReport;
import io.lifeboat.workflow.report.RunReport.MarkerReport;
import io.lifeboat.workflow.run.CommandedWorkflow;
import io.lifeboat.workflow.run.RecoveryVerdict;
import io.lifeboat.workflow.run.RunPhase;
import io.lifeboat.workflow.runbook.PinnedRunbook;
import io.lifeboat.workflow.verification.VerificationReceipt;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import io.temporal.workflow.WorkflowInit;
import java.util.List;
import java.util.Optional;

/**
 * The order of a region failover. Fence before promotion, promotion before scaling, smoke tests before traffic; up to the
 * promotion everything can be undone, from there on the run goes through.
 */
public final class RegionFailoverWorkflowImpl extends CommandedWorkflow implements RegionFailoverWorkflow {
    private final FailoverRequest request;

    @WorkflowInit
    public RegionFailoverWorkflowImpl(FailoverRequest request) {
        super(
                FailoverRequests.origin(FailoverRequests.orEmpty(request)),
                FailoverSteps.ALL,
                "The failover is being prepared.");
        this.request = FailoverRequests.orEmpty(request);
    }

    @Override
    public FailoverResult run(FailoverRequest ignored) {
        return commanded(() -> FailoverRequests.validate(request), this::failOver);
    }

    private FailoverResult failOver(PinnedRunbook pinned) {
        String service = pinned.runbook().service();
        Assessment assessment = run.steps.run(
                FailoverSteps.ASSESS, () -> FailoverPorts.assessment(service).assess(pinned.runbook()));
        FailoverPlan plan = FailoverPlan.of(pinned, assessment, FailoverRequests.mode(request));
        run.planned(pinned, plan.from(), plan.to(), pinned.runbook().objectives());
        requireSomewhereToGo(plan, assessment);
        approved(
                plan.hash(),
                service + " can move from " + plan.from() + " to " + plan.to() + ".",
                pinned.runbook().approvals().failover(),
                FailoverSteps.APPROVE,
                FailoverSteps.TAKE_EPOCH);

        FailoverProcedure procedure =
                new FailoverProcedure(pinned.runbook(), plan, run.brakes, run.compensations, run.steps);
        WorkflowInfo self = Workflow.getInfo();
        run.enter(RunPhase.RUNNING, service + " is moving from " + plan.from() + " to " + plan.to() + ".");
        pauseSchedules(service);
        Epoch epoch = run.steps
                .run(FailoverSteps.TAKE_EPOCH, () -> procedure.takeEpoch(self.getWorkflowId() + "/" + self.getRunId()))
                .epoch();
        run.took(epoch);
        run.steps.runSkippable(FailoverSteps.HOLD, () -> procedure.holdAutomation(epoch));
        FenceReceipt proof = run.steps.run(FailoverSteps.FENCE, () -> procedure.fence(epoch));
        run.steps.run(FailoverSteps.CHECK, () -> procedure.checkStandbys(epoch, proof));

        run.lost(markers(run.steps
                .run(FailoverSteps.PROMOTE, () -> procedure.promote(epoch, proof))
                .all()));
        run.steps.run(FailoverSteps.SCALE_UP, () -> procedure.scaleUp(epoch));
        Receipts<VerificationReceipt> passed = run.steps.run(FailoverSteps.VERIFY, procedure::verify);
        run.steps.run(FailoverSteps.TRAFFIC, () -> procedure.moveTraffic(epoch, passed));
        run.steps.runSkippable(FailoverSteps.WATCH, procedure::watch);
        run.steps.run(FailoverSteps.CLOSE, () -> procedure.close(epoch));
        resumeSchedules();
        run.measured(procedure.clientRecord(run.warnings));
        return finish(pinned, plan, epoch);
    }

    private static List<MarkerReport> markers(List<PromotionReceipt> receipts) {
        return receipts.stream()
                .flatMap(r -> r.markers().stream()
                        .map(m -> new MarkerReport(r.datastore(), m.acknowledged(), m.lost(), m.lostSeconds())))
                .toList();
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

    private FailoverResult finish(PinnedRunbook pinned, FailoverPlan plan, Epoch epoch) {
        RecoveryVerdict verdict = RecoveryVerdict.of(
                plan.service() + " runs in " + plan.to() + ".",
                pinned.runbook().objectives(),
                run.steps.skipped(),
                run.client(),
                run.markers());
        end(verdict);
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

    @Override
    protected RunReport.Clocks clocks() {
        return new RunReport.Clocks(
                request.detectSeconds(),
                run.decideSeconds(),
                run.steps.times(FailoverSteps.FENCE).seconds(),
                run.steps.times(FailoverSteps.PROMOTE).seconds(),
                Optional.empty(),
                run.steps.times(FailoverSteps.SCALE_UP).seconds(),
                run.steps.times(FailoverSteps.VERIFY).seconds(),
                run.steps.times(FailoverSteps.TRAFFIC).seconds(),
                run.executeSeconds(FailoverSteps.TRAFFIC),
                run.client()
                        .flatMap(ClientRecord::outage)
                        .filter(o -> !o.open())
                        .map(ClientRecord.Outage::seconds));
    }
}
