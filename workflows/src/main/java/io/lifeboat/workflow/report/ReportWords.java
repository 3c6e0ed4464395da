package io.lifeboat.workflow.report;

import io.lifeboat.workflow.Fact;
import io.lifeboat.workflow.run.RunPhase;
import io.lifeboat.workflow.run.StepState;
import io.lifeboat.workflow.run.Verdict;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** The words of a report, the same in every form. */
final class ReportWords {
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    static final List<Fact> GLOSSARY = List.of(
            new Fact(
                    "RTO", "recovery time objective: how long the service may be without a good answer for its client"),
            new Fact(
                    "RPO", "recovery point objective: how much acknowledged data may be missing afterwards, as a time"),
            new Fact("runbook", "the file that says what is true of a service: regions, databases, objectives"),
            new Fact("run", "one execution of a procedure; a step is one part of it, an attempt one try of a step"),
            new Fact("fence", "making writes in the lost region impossible, with a proof that was observed"),
            new Fact("promote", "turning the standby database into the one that accepts writes"),
            new Fact(
                    "point of no return",
                    "in a failover the first promotion, in a restore the start of the writers: before it a run can be undone, after it not"),
            new Fact("epoch", "a number only one run can hold; an older one is refused wherever it tries to act"),
            new Fact(
                    "marker",
                    "a numbered row written every second; those that are missing afterwards measure the loss"),
            new Fact("receipt", "the evidence an activity returned, as it was observed after the effect"),
            new Fact("compensation", "the step that undoes a step when a run is rolled back"),
            new Fact("approval", "a named person’s recorded yes, bound to the hash of the plan and to an expiry"),
            new Fact("critical path", "the activities without which the run could not have been shorter"));

    private ReportWords() {}

    static String title(RunReport report) {
        return procedure(report.procedure()) + " of " + report.service();
    }

    /** From where to where, or where it all happened. */
    static String way(RunReport report) {
        return report.fromRegion().equals(report.toRegion())
                ? report.fromRegion()
                : report.fromRegion() + " → " + report.toRegion();
    }

    /** {@code RegionFailover} as two words. */
    static String procedure(String type) {
        String spaced = type.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
        return spaced.isEmpty() ? spaced : spaced.substring(0, 1).toUpperCase(Locale.ROOT) + spaced.substring(1);
    }

    static String verdict(Verdict verdict) {
        return switch (verdict) {
            case GREEN -> "Recovered";
            case AMBER -> "Recovered, with reservations";
            case RED -> "Not recovered by this run";
        };
    }

    static String phase(RunPhase phase) {
        return phase.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static String state(StepState state) {
        return switch (state) {
            case PENDING -> "pending";
            case RUNNING -> "running";
            case WAITING -> "waiting";
            case SUCCEEDED -> "done";
            case SKIPPED -> "skipped";
            case FAILED -> "failed";
            case NOT_EXECUTED -> "not executed";
        };
    }

    static boolean ran(StepReport step) {
        return step.startedAt().isPresent();
    }

    static String took(StepReport step) {
        return ran(step) ? Seconds.text(step.seconds()) : "–";
    }

    static String attempts(StepReport step) {
        return step.attempts() == 0 ? "–" : Integer.toString(step.attempts());
    }

    static String time(Instant instant) {
        return SECOND.format(instant);
    }

    static List<StepReport> in(RunReport report, StepState state) {
        return report.steps().stream().filter(s -> s.state() == state).toList();
    }

    /** Where a reader finds the original of what is summed up here. */
    static List<Fact> provenance(RunReport report) {
        return List.of(
                new Fact("runbook", report.runbook().file()),
                new Fact("runbook SHA-256", report.runbook().sha256()),
                new Fact("plan hash", report.planHash().orElse("none: the run ended before there was a plan")),
                new Fact("epoch", report.epoch().map(e -> Long.toString(e)).orElse("none taken")),
                new Fact(
                        "ledger",
                        report.ledger().bucket() + " in " + report.ledger().region()),
                new Fact("Temporal namespace", report.temporal().namespace()),
                new Fact("workflow id", report.temporal().workflowId()),
                new Fact("run id", report.temporal().runId()),
                new Fact("incident", report.incident().orElse("none given")),
                new Fact("requested by", report.requestedBy()),
                new Fact("started", report.startedAt().toString()),
                new Fact("finished", report.finishedAt().toString()),
                new Fact("report model", "schema version " + report.schemaVersion()));
    }
}
