package io.lifeboat.workflow.run;

import io.lifeboat.workflow.approval.Approval;
import io.lifeboat.workflow.report.ReportLinks;
import java.util.List;
import java.util.Optional;

/**
 * A run on one screen.
 *
 * @param schemaVersion 1
 * @param headline one sentence: what happens now, or how it ended
 * @param waitingFor who must do what before the run goes on; absent when it goes on by itself
 * @param planHash what an approval is bound to; absent before there is a plan
 * @param abortable whether {@code abort} would be accepted now
 */
public record RunStatus(
        int schemaVersion,
        String procedure,
        String service,
        String mode,
        String workflowId,
        String runId,
        RunPhase phase,
        String headline,
        Optional<String> waitingFor,
        String fromRegion,
        String toRegion,
        Optional<Long> epoch,
        Optional<String> planHash,
        boolean held,
        boolean abortable,
        List<Approval> approvals,
        List<StepStatus> steps,
        List<String> decisions,
        Optional<Verdict> verdict,
        Optional<ReportLinks> report) {
    public RunStatus {
        approvals = List.copyOf(approvals);
        steps = List.copyOf(steps);
        decisions = List.copyOf(decisions);
    }
}
