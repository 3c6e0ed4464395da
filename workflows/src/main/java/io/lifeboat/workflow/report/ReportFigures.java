package io.lifeboat.workflow.report;

import io.lifeboat.workflow.client.ClientRecord;
import io.lifeboat.workflow.report.RunReport.Clocks;
import io.lifeboat.workflow.report.RunReport.MarkerReport;
import io.lifeboat.workflow.restore.RestoreDatastoreWorkflow;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The figures of a report, judged once for every form it is rendered in. */
public final class ReportFigures {
    private static final String RTO = "Recovery time (RTO)";
    private static final String RPO = "Lost data (RPO)";

    private ReportFigures() {}

    /** From the client's last good answer to its first one afterwards, against what the runbook allows. */
    public static Objective rto(RunReport report) {
        Duration target = report.objectives().rto();
        Optional<ClientRecord.Outage> outage = report.client().flatMap(ClientRecord::outage);
        if (outage.isPresent() && outage.get().open()) {
            return stillOut(target, outage.get().seconds());
        }
        Optional<Double> actual = report.clocks().clientVisible().or(() -> outage.map(ClientRecord.Outage::seconds));
        if (actual.isPresent()) {
            return Objective.measured(
                    RTO,
                    target,
                    actual.get(),
                    "The client had no good answer for " + Seconds.text(actual.get()) + "; " + Seconds.text(target)
                            + " are allowed.");
        }
        return Objective.notMeasured(
                RTO,
                target,
                report.client().isPresent()
                        ? "The client saw no gap longer than 1 s, so there is no outage to measure."
                        : "No client watched the service from outside, or its record could not be read.");
    }

    private static Objective stillOut(Duration target, double seconds) {
        return new Objective(
                RTO,
                target,
                Optional.of(seconds),
                seconds > Seconds.of(target) ? Objective.Outcome.MISSED : Objective.Outcome.NOT_MEASURED,
                "over " + Seconds.text(seconds),
                "The client still had no good answer when its record was read, " + Seconds.text(seconds)
                        + " after the last one.");
    }

    /**
     * The stretch of acknowledged writes that are missing afterwards, against what the runbook allows: the longer one, where the
     * client and the markers were both asked.
     */
    public static Objective rpo(RunReport report) {
        Duration target = report.objectives().rpo();
        Optional<ClientRecord> checked =
                report.client().filter(c -> c.lostSeconds().isPresent());
        if (checked.isPresent()) {
            ClientRecord client = checked.get();
            double byMarkers = report.markers().stream()
                    .mapToDouble(MarkerReport::lostSeconds)
                    .max()
                    .orElse(0);
            return Objective.measured(
                    RPO,
                    target,
                    Math.max(client.lostSeconds().orElseThrow(), byMarkers),
                    count(client.lost(), client.acknowledged(), "writes the client saw acknowledged"));
        }
        Optional<MarkerReport> worst =
                report.markers().stream().max(Comparator.comparingDouble(MarkerReport::lostSeconds));
        return worst.map(m -> Objective.measured(
                        RPO,
                        target,
                        m.lostSeconds(),
                        count(m.lost(), m.acknowledged(), "acknowledged markers of " + m.datastore())
                                + " No client checked its own writes."))
                .orElseGet(() -> Objective.notMeasured(
                        RPO, target, "No client checked its own writes and no marker pulse ran."));
    }

    private static String count(long lost, long acknowledged, String what) {
        return (lost == 0 ? "None" : number(lost)) + " of " + number(acknowledged) + " " + what
                + (lost == 1 ? " is missing." : " are missing.");
    }

    static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    static List<Clock> clocks(RunReport report) {
        return RestoreDatastoreWorkflow.TYPE.equals(report.procedure())
                ? ofRestore(report.clocks())
                : ofFailover(report);
    }

    private static List<Clock> ofFailover(RunReport report) {
        Clocks c = report.clocks();
        return List.of(
                detect(c),
                decide(c),
                new Clock("Fence", c.fence(), "until no write was possible in " + report.fromRegion()),
                new Clock("Promote", c.promote(), "until the standby accepted writes"),
                new Clock("Scale up", c.scaleUp(), "until every replica was ready"),
                new Clock("Verify", c.verify(), "until the smoke tests passed"),
                new Clock("Traffic", c.traffic(), "until the authoritative servers answered rightly"),
                new Clock("Execute", c.execute(), "from the last approval to the end of the traffic move"),
                clientVisible(c));
    }

    private static List<Clock> ofRestore(Clocks c) {
        return List.of(
                detect(c),
                decide(c),
                new Clock("Stop writers", c.fence(), "until no write was possible in the damaged database"),
                new Clock(
                        "Restore",
                        c.restore(),
                        "from the stop of the writers until the restored copy was in its place"),
                new Clock(
                        "Start writers", c.scaleUp(), "until the database was open and the writers were told to start"),
                new Clock("Verify", c.verify(), "until the smoke tests passed"),
                new Clock("Execute", c.execute(), "from the last approval to the last smoke test"),
                clientVisible(c));
    }

    private static Clock detect(Clocks c) {
        return new Clock("Detect", c.detect(), "from the impact to the alarm, by the alarm’s clock");
    }

    private static Clock decide(Clocks c) {
        return new Clock("Decide", c.decide(), "from the start of the run to the last approval");
    }

    private static Clock clientVisible(Clocks c) {
        return new Clock("Client-visible", c.clientVisible(), "from the client’s last good answer to its next one");
    }
}
