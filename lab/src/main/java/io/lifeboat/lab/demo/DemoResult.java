package io.lifeboat.lab.demo;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lifeboat.lab.Part;
import io.lifeboat.workflow.client.ClientRecord;
import io.lifeboat.workflow.report.ReportFigures;
import io.lifeboat.workflow.report.ReportLinks;
import io.lifeboat.workflow.report.RunReport;
import java.util.List;
import java.util.Optional;

/**
 * What a demo came to; the one document of {@code demo --json}. A figure nobody measured is null.
 *
 * @param schemaVersion 1
 * @param rto of a demo that recovers a service
 * @param rpo likewise
 * @param backup of a demo that takes a backup
 * @param recovery of a demo that goes back to a point in time
 * @param report of a run that writes one
 * @param seconds from the first line of the demo to its last
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record DemoResult(
        int schemaVersion,
        String verdict,
        String headline,
        String service,
        String mode,
        Optional<Rto> rto,
        Optional<Rpo> rpo,
        Optional<Backup> backup,
        Optional<Recovery> recovery,
        List<Step> steps,
        List<DemoPart> parts,
        Optional<ReportLinks> report,
        Temporal temporal,
        double labUpSeconds,
        double seconds) {

    /**
     * Recovery time.
     *
     * @param clientVisibleSeconds from the client's last good answer to its first one afterwards, on the client's clock
     * @param detectSeconds from the kill to the alarm, on the demo's monotonic clock; null where no alarm took part
     * @param decideSeconds from the alarm to the accepted approval, on the demo's monotonic clock
     * @param executeSeconds from the last approval to the end of the traffic move, by the Temporal server's timestamps
     */
    public record Rto(
            double targetSeconds,
            Optional<Double> clientVisibleSeconds,
            Optional<Double> detectSeconds,
            double decideSeconds,
            Optional<Double> executeSeconds) {}

    /**
     * Lost data, from the client's record.
     *
     * @param acknowledged orders the service acknowledged
     * @param lost acknowledged orders that are missing
     * @param lostSeconds by which the verdict was made: the longer one of what the client and the markers lost
     */
    public record Rpo(
            double targetSeconds, Optional<Long> acknowledged, Optional<Long> lost, Optional<Double> lostSeconds) {}

    /**
     * A backup and what became of it when it was damaged.
     *
     * @param id of the backup
     * @param seconds from the start of the dump to the signed manifest, on the worker's clock
     * @param copies regions where it exists
     * @param damageFound what the verification said of the damaged copy
     */
    public record Backup(
            String id,
            long dataBytes,
            long storedBytes,
            long rows,
            double seconds,
            List<String> copies,
            String damageFound) {}

    /**
     * A point in time that was gone back to.
     *
     * @param target the second before the damage, on the primary's clock
     * @param destroyedRows rows that were damaged in production
     * @param leftDamaged rows that are damaged in production afterwards
     * @param restoreSeconds from the start of the restore to the last check of the copy, on the worker's clock
     * @param kept name of the damaged database, which is kept
     * @param checks what was asked of the copy before it took its place, with the answers
     */
    public record Recovery(
            String target,
            long destroyedRows,
            long leftDamaged,
            double restoreSeconds,
            String kept,
            List<String> checks) {
        public Recovery {
            checks = List.copyOf(checks);
        }
    }

    public record Step(String name, String state, double seconds, int attempts) {}

    /** @param real whether it is the product itself and not a stand-in of the lab's */
    public record DemoPart(String name, String version, boolean real) {}

    public record Temporal(String workflowId, String runId, String ui) {
        static Temporal of(String workflowId, String runId, String ui, String namespace) {
            return new Temporal(
                    workflowId,
                    runId,
                    ui + "/namespaces/" + namespace + "/workflows/" + workflowId.replace("/", "%2F") + "/" + runId
                            + "/timeline");
        }
    }

    static DemoResult of(
            KeptReport kept,
            String ui,
            List<Part> parts,
            Optional<Double> detect,
            double decide,
            double labUp,
            double seconds) {
        RunReport report = kept.report();
        Optional<ClientRecord> client = report.client();
        return new DemoResult(
                1,
                report.verdict().name(),
                report.headline(),
                report.service(),
                report.mode(),
                Optional.of(new Rto(
                        report.objectives().rto().toMillis() / 1000.0,
                        report.clocks().clientVisible(),
                        detect,
                        decide,
                        report.clocks().execute())),
                Optional.of(new Rpo(
                        report.objectives().rpo().toMillis() / 1000.0,
                        client.map(ClientRecord::acknowledged),
                        client.filter(c -> c.lostSeconds().isPresent()).map(ClientRecord::lost),
                        ReportFigures.rpo(report).actual())),
                Optional.empty(),
                Optional.empty(),
                report.steps().stream()
                        .map(s -> new Step(s.name(), s.state().name(), s.seconds(), s.attempts()))
                        .toList(),
                parts(parts),
                Optional.of(kept.links()),
                Temporal.of(
                        report.temporal().workflowId(),
                        report.temporal().runId(),
                        ui,
                        report.temporal().namespace()),
                labUp,
                seconds);
    }

    /** The same with what the demo itself saw of a recovery. */
    DemoResult with(String seen, Optional<Recovery> recovered) {
        return new DemoResult(
                schemaVersion,
                seen,
                headline,
                service,
                mode,
                rto,
                rpo,
                backup,
                recovered,
                steps,
                parts,
                report,
                temporal,
                labUpSeconds,
                seconds);
    }

    static List<DemoPart> parts(List<Part> parts) {
        return parts.stream()
                .map(p -> new DemoPart(p.name() + " in " + p.place(), p.version(), p.real()))
                .toList();
    }
}
