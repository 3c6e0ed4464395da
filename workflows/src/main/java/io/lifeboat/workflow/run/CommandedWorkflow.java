package io.lifeboat.workflow.run;

import io.lifeboat.runbook.Approvals;
import io.lifeboat.workflow.ActivityDefaults;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.Receipt;
import io.lifeboat.workflow.SearchAttributes;
import io.lifeboat.workflow.approval.ApprovalReceipt;
import io.lifeboat.workflow.guard.ServiceGuard;
import io.lifeboat.workflow.report.ReportActivities;
import io.lifeboat.workflow.report.RunReport;
import io.lifeboat.workflow.report.RunReport.CompensationReport;
import io.lifeboat.workflow.runbook.PinnedRunbook;
import io.lifeboat.workflow.runbook.RunbookActivities;
import io.lifeboat.workflow.schedule.ScheduleActivities;
import io.lifeboat.workflow.schedule.ScheduleActivities.Pausing;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What every commanded procedure has in common: the guard of its service, the approval of its plan, the brakes, the way back while
 * there is one, and the report, whatever comes out.
 */
public abstract class CommandedWorkflow implements CommandedRun {
    private static final Duration SHORT = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    protected final RunRecord run;
    private final RunOrigin origin;
    private Runnable resumption = () -> {};

    protected CommandedWorkflow(RunOrigin origin, List<Step> steps, String headline) {
        this.origin = origin;
        this.run = new RunRecord(origin, steps, headline);
    }

    /** How long each part took, as far as the run has come. */
    protected abstract RunReport.Clocks clocks();

    /**
     * Carries out the procedure while holding the service. Temporal's own cancel never interrupts a call that is under way, because
     * its effect would then be unknown: the run lives in a detached scope and listens to a cancel where it listens to {@code abort}.
     *
     * @param service gives the service, or says what is wrong with the request
     */
    protected <T> T commanded(Supplier<String> service, Function<PinnedRunbook, T> procedure) {
        List<T> result = new ArrayList<>();
        Workflow.newDetachedCancellationScope(() -> result.add(guarded(service.get(), procedure)))
                .run();
        return result.get(0);
    }

    private <T> T guarded(String service, Function<PinnedRunbook, T> procedure) {
        Workflow.upsertTypedSearchAttributes(
                SearchAttributes.SERVICE.valueSet(service),
                SearchAttributes.PROCEDURE.valueSet(origin.procedure()),
                SearchAttributes.INCIDENT.valueSet(origin.incident().orElse("")));
        ServiceGuard guard = ServiceGuard.ask(service, origin.procedure());
        Promise<PinnedRunbook> loading =
                Async.function(() -> port(RunbookActivities.class, "Load the runbook", SHORT, PATIENCE)
                        .load(service));
        guard.awaitHeld();
        try {
            return procedure.apply(loaded(loading));
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

    private static PinnedRunbook loaded(Promise<PinnedRunbook> loading) {
        try {
            return loading.get();
        } catch (TemporalFailure failure) {
            throw FailureType.of(failure).failure(Steps.sentence(failure));
        }
    }

    /**
     * Waits until people agree to the plan and nobody holds the run before its first effect. An approval that has expired while the
     * run was held is asked for again.
     *
     * @param sentence what they agree to
     * @param next the step with the first effect
     */
    protected void approved(String planHash, String sentence, Approvals.Approval required, Step approve, Step next) {
        do {
            run.enter(RunPhase.AWAITING_APPROVAL, sentence + " Plan " + planHash + ".");
            run.steps.runOrEnd(approve, () -> {
                run.steps.waitForPerson(approve, "Waits for people to agree to plan " + planHash + ".");
                run.approval.await(planHash, required, run.brakes, run::show);
                return ApprovalReceipt.of(planHash, run.approval.approvals());
            });
            run.approved();
            run.steps.passHold(next);
        } while (!run.approval.isCurrent());
    }

    /** Runs a step before the approval that nobody could mend by trying again: its failure ends the run. */
    protected <T extends Receipt> T required(Step step, Supplier<T> work) {
        try {
            return run.steps.runOrEnd(step, work);
        } catch (ActivityFailure failure) {
            throw FailureType.of(failure).failure(Steps.sentence(failure));
        }
    }

    /**
     * Lets the service's schedules start nothing while it changes, beside whatever comes next. That they could not be reached is said
     * in the report and holds nothing up.
     */
    protected void pauseSchedules(String service) {
        if (Workflow.getVersion("pause-schedules", Workflow.DEFAULT_VERSION, 1) == Workflow.DEFAULT_VERSION) {
            return;
        }
        Pausing asked = new Pausing(
                service, Workflow.getInfo().getWorkflowId(), origin.procedure() + " of " + service + " is under way");
        run.compensations.register(
                "pause of the schedules",
                () -> schedules("Undo: resume the schedules").resume(asked).sentence());
        Promise<String> paused = Async.function(
                        () -> schedules("Pause the schedules").pause(asked))
                .handle((receipt, failure) -> failure == null ? "" : "Schedules were not paused: " + said(failure));
        resumption = () -> {
            warn(paused.get());
            warn(Async.function(() -> schedules("Resume the schedules").resume(asked))
                    .handle((receipt, failure) -> failure == null
                            ? ""
                            : "Schedules were not resumed: " + said(failure)
                                    + " Resume them with 'lifeboat schedules resume'.")
                    .get());
        };
    }

    private static ScheduleActivities schedules(String summary) {
        return port(ScheduleActivities.class, summary, SHORT, PATIENCE);
    }

    private static String said(RuntimeException failure) {
        return failure instanceof TemporalFailure temporal ? Steps.sentence(temporal) : String.valueOf(failure);
    }

    private void warn(String warning) {
        if (!warning.isEmpty()) {
            run.warnings.add(warning);
        }
    }

    /** Lets start again what {@link #pauseSchedules} held back. */
    protected void resumeSchedules() {
        resumption.run();
    }

    /** Says how it ended, and writes the report. */
    protected void end(RecoveryVerdict verdict) {
        if (run.brakes.isCancelled()) {
            run.warnings.add("A cancel came after the point of no return and was not followed.");
        }
        run.end(RunPhase.SUCCEEDED, verdict.verdict(), verdict.headline());
        report();
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
        run.report(clocks()).ifPresent(report -> {
            try {
                run.reported(
                        port(ReportActivities.class, "Write the report", Duration.ofSeconds(30), Duration.ofMinutes(2))
                                .write(report));
            } catch (TemporalFailure failure) {
                Workflow.getLogger(CommandedWorkflow.class).warn("report not written: {}", Steps.sentence(failure));
            }
        });
    }

    private static <T> T port(Class<T> type, String summary, Duration attempt, Duration patience) {
        return Workflow.newActivityStub(type, ActivityDefaults.failover(summary, attempt, patience));
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
