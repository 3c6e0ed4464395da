package io.lifeboat.workflow.run;

import io.lifeboat.runbook.Objectives;
import io.lifeboat.workflow.client.ClientRecord;
import io.lifeboat.workflow.report.RunReport.MarkerReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The verdict on a run that left the service recovered: green only if nothing was skipped and every objective was measured and
 * met.
 *
 * @param headline one sentence that names every skip, miss and gap
 */
public record RecoveryVerdict(Verdict verdict, String headline) {

    /** @param lead says what is true of the service now */
    public static RecoveryVerdict of(
            String lead,
            Objectives objectives,
            List<String> skipped,
            Optional<ClientRecord> client,
            List<MarkerReport> markers) {
        List<String> sentences = new ArrayList<>();
        sentences.add(lead);
        boolean inTime = judgeRto(objectives.rto(), client, sentences);
        boolean kept = judgeRpo(objectives.rpo(), client, markers, sentences);
        if (!skipped.isEmpty()) {
            sentences.add("Skipped by a commander: " + String.join(", ", skipped) + ".");
        }
        Verdict verdict = inTime && kept && skipped.isEmpty() ? Verdict.GREEN : Verdict.AMBER;
        return new RecoveryVerdict(verdict, String.join(" ", sentences));
    }

    private static boolean judgeRto(Duration rto, Optional<ClientRecord> client, List<String> sentences) {
        Optional<ClientRecord.Outage> outage = client.flatMap(ClientRecord::outage);
        if (outage.isEmpty() || outage.get().open()) {
            sentences.add("No client measured the outage, so the RTO of " + words(rto) + " is not proven.");
            return false;
        }
        double seconds = outage.get().seconds();
        boolean met = seconds <= rto.toMillis() / 1000.0;
        sentences.add("Clients were without service for " + words(seconds) + (met ? ", within" : ", which MISSES")
                + " the RTO of " + words(rto) + ".");
        return met;
    }

    private static boolean judgeRpo(
            Duration rpo, Optional<ClientRecord> client, List<MarkerReport> markers, List<String> sentences) {
        List<Double> measured = new ArrayList<>();
        client.flatMap(ClientRecord::lostSeconds).ifPresent(measured::add);
        markers.forEach(m -> measured.add(m.lostSeconds()));
        if (measured.isEmpty()) {
            sentences.add("Nobody measured lost writes, so the RPO of " + words(rpo) + " is not proven.");
            return false;
        }
        double worst = measured.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        boolean met = worst <= rpo.toMillis() / 1000.0;
        String lost = client.filter(c -> c.lostSeconds().isPresent())
                .map(c -> c.lost() + " of " + c.acknowledged() + " acknowledged writes are lost")
                .orElseGet(
                        () -> markers.stream().mapToLong(MarkerReport::lost).sum() + " acknowledged markers are lost");
        sentences.add(lost + " (" + words(worst) + (met ? "), within" : "), which MISSES") + " the RPO of " + words(rpo)
                + ".");
        return met;
    }

    private static String words(Duration duration) {
        return words(duration.toMillis() / 1000.0);
    }

    private static String words(double seconds) {
        return seconds < 120
                ? String.format(Locale.ROOT, "%.1f s", seconds)
                : String.format(Locale.ROOT, "%d min %d s", (long) seconds / 60, (long) seconds % 60);
    }
}
