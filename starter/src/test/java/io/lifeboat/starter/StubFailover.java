package io.lifeboat.starter;

import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.approval.Approval;
import io.lifeboat.workflow.failover.FailoverRequest;
import io.lifeboat.workflow.failover.FailoverResult;
import io.lifeboat.workflow.failover.RegionFailoverWorkflow;
import io.lifeboat.workflow.guard.ServiceGuard;
import io.lifeboat.workflow.report.ReportLinks;
import io.lifeboat.workflow.run.Decision;
import io.lifeboat.workflow.run.RunPhase;
import io.lifeboat.workflow.run.RunStatus;
import io.lifeboat.workflow.run.StepState;
import io.lifeboat.workflow.run.StepStatus;
import io.lifeboat.workflow.run.Verdict;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A failover that touches nothing. The reason says how it goes: {@code amber}, {@code fails}, anything else goes well; where the
 * reason holds a {@code file:} link, that is its report.
 */
public final class StubFailover implements RegionFailoverWorkflow {
    private final List<String> decisions = new ArrayList<>();
    private final List<Approval> approvals = new ArrayList<>();
    private String service = "";
    private String reason = "";
    private RunPhase phase = RunPhase.PENDING;
    private boolean held;
    private boolean aborted;
    private boolean rejected;
    private Optional<Verdict> verdict = Optional.empty();

    @Override
    public FailoverResult run(FailoverRequest request) {
        service = request.service().orElse("");
        reason = request.reason().orElse("");
        if (service.equals("unheard-of")) {
            throw FailureType.TARGET_NOT_FOUND.failure(
                    "Cannot load the runbook of \"unheard-of\": the catalog has orders. Correct the name.");
        }
        ServiceGuard.ask(service, TYPE).awaitHeld();
        phase = RunPhase.AWAITING_APPROVAL;
        Workflow.await(() -> !approvals.isEmpty() || aborted || rejected);
        phase = aborted || rejected ? RunPhase.FAILED : RunPhase.RUNNING;
        if (!phase.isClosed()) {
            Workflow.sleep(Duration.ofSeconds(1));
            Workflow.await(() -> !held);
        }
        return end();
    }

    private FailoverResult end() {
        if (aborted || rejected || reason.startsWith("fails")) {
            phase = RunPhase.FAILED;
            verdict = Optional.of(Verdict.RED);
            FailureType type = aborted
                    ? FailureType.ABORTED
                    : rejected ? FailureType.APPROVAL_REJECTED : FailureType.PROMOTION_REFUSED;
            throw type.failure(aborted ? "Aborted by a person. Everything was undone." : "It did not work.");
        }
        phase = RunPhase.SUCCEEDED;
        verdict = Optional.of(reason.startsWith("amber") ? Verdict.AMBER : Verdict.GREEN);
        return new FailoverResult(
                service, phase, verdict.get(), "orders is back.", "us-east-1", "us-west-2", 1, links());
    }

    private Optional<ReportLinks> links() {
        int at = reason.indexOf("file:");
        return at < 0
                ? Optional.empty()
                : Optional.of(new ReportLinks(reason.substring(at), reason.substring(at), reason.substring(at)));
    }

    @Override
    public RunStatus status() {
        return new RunStatus(
                1,
                TYPE,
                service,
                "unplanned",
                Workflow.getInfo().getWorkflowId(),
                Workflow.getInfo().getRunId(),
                phase,
                "A headline.",
                phase == RunPhase.AWAITING_APPROVAL ? Optional.of("1 approval(s) of plan abc") : Optional.empty(),
                "us-east-1",
                "us-west-2",
                Optional.empty(),
                Optional.of("abc"),
                held,
                !phase.isClosed(),
                approvals,
                List.of(
                        new StepStatus(1, "Assess", StepState.SUCCEEDED, Optional.of(0.2), "Seen."),
                        new StepStatus(2, "Fence", step(), Optional.empty(), "")),
                decisions,
                verdict,
                phase.isClosed() ? links() : Optional.empty());
    }

    private StepState step() {
        return switch (phase) {
            case PENDING, AWAITING_APPROVAL -> StepState.PENDING;
            case RUNNING, COMPENSATING -> StepState.RUNNING;
            case SUCCEEDED, COMPLETED_WITH_FAILURES, SKIPPED -> StepState.SUCCEEDED;
            case ROLLED_BACK, PARTIALLY_ROLLED_BACK, FAILED -> StepState.NOT_EXECUTED;
        };
    }

    @Override
    public String approve(Decision decision) {
        Instant now = Instant.ofEpochMilli(Workflow.currentTimeMillis());
        approvals.add(new Approval(decision.person(), decision.why(), "abc", now, now.plusSeconds(60)));
        return note("approved", decision);
    }

    @Override
    public void checkApprove(Decision decision) {
        refuseIf(phase != RunPhase.AWAITING_APPROVAL, "approve", "the run does not wait for an approval");
        refuseIf(!decision.planHash().orElse("abc").equals("abc"), "approve", "the plan is another one");
    }

    @Override
    public String reject(Decision decision) {
        rejected = true;
        return note("rejected", decision);
    }

    @Override
    public void checkReject(Decision decision) {}

    @Override
    public String hold(Decision decision) {
        held = true;
        return note("held", decision);
    }

    @Override
    public void checkHold(Decision decision) {
        refuseIf(held, "hold", "the run is held already");
    }

    @Override
    public String resume(Decision decision) {
        held = false;
        return note("resumed", decision);
    }

    @Override
    public void checkResume(Decision decision) {
        refuseIf(!held, "resume", "the run is not held");
    }

    @Override
    public String abort(Decision decision) {
        aborted = true;
        return note("aborted", decision);
    }

    @Override
    public void checkAbort(Decision decision) {}

    @Override
    public String retryStep(Decision decision) {
        return note("retried", decision);
    }

    @Override
    public void checkRetryStep(Decision decision) {
        refuseIf(true, "retryStep", "no step waits for a decision");
    }

    @Override
    public String skipStep(Decision decision) {
        return note("skipped", decision);
    }

    @Override
    public void checkSkipStep(Decision decision) {
        refuseIf(true, "skipStep", "no step waits for a decision");
    }

    private String note(String verb, Decision decision) {
        String sentence = decision.person() + " " + verb + ": " + decision.why();
        decisions.add(sentence);
        return sentence;
    }

    private static void refuseIf(boolean refused, String verb, String seen) {
        if (refused) {
            throw FailureType.PRECONDITION_FAILED.failure("Cannot " + verb + ": " + seen + ". Look at its status.");
        }
    }
}
