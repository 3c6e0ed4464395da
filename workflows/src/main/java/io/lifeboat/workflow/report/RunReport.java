package io.lifeboat.workflow.report;

import io.lifeboat.runbook.Ledger;
import io.lifeboat.runbook.Objectives;
import io.lifeboat.workflow.approval.Approval;
import io.lifeboat.workflow.client.ClientRecord;
import io.lifeboat.workflow.run.RunPhase;
import io.lifeboat.workflow.run.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything there is to say about a run. The one model behind JSON, HTML, Markdown and terminal text. Times of day are the
 * Temporal server's; a figure nobody measured is absent.
 *
 * @param schemaVersion 1
 * @param headline one sentence for someone who reads nothing else; names every skip and every objective that was missed
 * @param planHash what the approvals were bound to
 * @param client what the client measured; absent when the runbook names none or it did not answer
 * @param markers what the pulse's markers say of lost writes, a datastore each
 * @param decisions what people said to the run, in order
 * @param compensations what was undone, in the order it was undone
 * @param interruptions when a worker or the server was lost
 */
public record RunReport(
        int schemaVersion,
        String procedure,
        String mode,
        String service,
        Optional<String> incident,
        String reason,
        String requestedBy,
        RunPhase phase,
        Verdict verdict,
        String headline,
        String fromRegion,
        String toRegion,
        Optional<Long> epoch,
        TemporalRun temporal,
        RunbookReference runbook,
        Ledger ledger,
        Objectives objectives,
        Optional<String> planHash,
        Instant startedAt,
        Instant finishedAt,
        Clocks clocks,
        Optional<ClientRecord> client,
        List<MarkerReport> markers,
        List<StepReport> steps,
        List<Approval> approvals,
        List<String> decisions,
        List<String> warnings,
        List<CompensationReport> compensations,
        List<Interruption> interruptions) {

    public record TemporalRun(String namespace, String workflowId, String runId) {}

    public record RunbookReference(String file, String sha256) {}

    /**
     * How long each part took, in seconds; absent where nobody measured it.
     *
     * @param detect from the impact to the alarm, as the alarm measured it
     * @param decide from the start of the run to the last approval
     * @param restore from the beginning of a restore until the copy was in its place
     * @param execute from the last approval to the end of the last step that the client waits for
     * @param clientVisible from the client's last good answer to its first one afterwards, on the client's own clock
     */
    public record Clocks(
            Optional<Double> detect,
            Optional<Double> decide,
            Optional<Double> fence,
            Optional<Double> promote,
            Optional<Double> restore,
            Optional<Double> scaleUp,
            Optional<Double> verify,
            Optional<Double> traffic,
            Optional<Double> execute,
            Optional<Double> clientVisible) {}

    /** @param lostSeconds see {@code MarkerLoss} */
    public record MarkerReport(String datastore, long acknowledged, long lost, double lostSeconds) {}

    /** @param outcome what was seen, or why it failed */
    public record CompensationReport(String name, boolean succeeded, String outcome) {}

    /** @param seconds how long it kept the run from going on */
    public record Interruption(String step, String what, double seconds) {}

    public RunReport {
        markers = List.copyOf(markers);
        steps = List.copyOf(steps);
        approvals = List.copyOf(approvals);
        decisions = List.copyOf(decisions);
        warnings = List.copyOf(warnings);
        compensations = List.copyOf(compensations);
        interruptions = List.copyOf(interruptions);
    }

    /** The same report with what only the history knows. */
    public RunReport with(List<StepReport> completed, List<Interruption> seen) {
        return new RunReport(
                schemaVersion,
                procedure,
                mode,
                service,
                incident,
                reason,
                requestedBy,
                phase,
                verdict,
                headline,
                fromRegion,
                toRegion,
                epoch,
                temporal,
                runbook,
                ledger,
                objectives,
                planHash,
                startedAt,
                finishedAt,
                clocks,
                client,
                markers,
                completed,
                approvals,
                decisions,
                warnings,
                compensations,
                seen);
    }
}
