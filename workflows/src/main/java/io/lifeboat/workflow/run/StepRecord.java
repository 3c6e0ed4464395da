package io.lifeboat.workflow.run;

import io.lifeboat.workflow.Fact;
import io.lifeboat.workflow.report.StepReport;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What has happened to one step so far. Times are the Temporal server's. */
final class StepRecord {
    final Step step;
    private final List<Fact> facts = new ArrayList<>();
    private StepState state = StepState.PENDING;
    private String detail = "";
    private @Nullable Instant startedAt;
    private @Nullable Instant finishedAt;
    private @Nullable Instant waitingSince;
    private double humanSeconds;

    StepRecord(Step step) {
        this.step = step;
    }

    void begin() {
        if (startedAt == null) {
            startedAt = now();
        }
        finishedAt = null;
        state = StepState.RUNNING;
    }

    void waitForPerson(String why) {
        state = StepState.WAITING;
        detail = why;
        waitingSince = now();
    }

    /** Ends a wait for a person, in whatever state the step was; without one it does nothing. */
    void personAnswered() {
        if (waitingSince != null) {
            humanSeconds += seconds(waitingSince, now());
            waitingSince = null;
        }
    }

    /** A wait that is not a failure: the approval, or a hold before the step. */
    void waitBefore(String why) {
        detail = why;
        waitingSince = now();
    }

    void end(StepState ended, String sentence, List<Fact> receipts) {
        personAnswered();
        state = ended;
        detail = sentence;
        facts.addAll(receipts);
        finishedAt = now();
    }

    void say(String sentence) {
        detail = sentence;
    }

    boolean isWaiting() {
        return state == StepState.WAITING;
    }

    StepState state() {
        return state;
    }

    Optional<Instant> startedAt() {
        return Optional.ofNullable(startedAt);
    }

    Optional<Instant> finishedAt() {
        return Optional.ofNullable(finishedAt);
    }

    StepStatus status() {
        Optional<Double> seconds =
                startedAt().map(start -> seconds(start, finishedAt().orElseGet(StepRecord::now)));
        return new StepStatus(step.number(), step.name(), state, seconds, detail);
    }

    StepReport report() {
        double seconds = startedAt()
                .map(start -> seconds(start, finishedAt().orElseGet(StepRecord::now)))
                .orElse(0.0);
        StepState reported = state == StepState.PENDING ? StepState.NOT_EXECUTED : state;
        return new StepReport(
                step.number(), step.name(), reported, startedAt(), seconds, humanSeconds, 0, detail, facts, List.of());
    }

    static Instant now() {
        return Instant.ofEpochMilli(Workflow.currentTimeMillis());
    }

    private static double seconds(Instant from, Instant to) {
        return (to.toEpochMilli() - from.toEpochMilli()) / 1000.0;
    }
}
