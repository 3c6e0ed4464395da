package io.lifeboat.workflow.run;

import io.lifeboat.workflow.Receipt;
import io.lifeboat.workflow.report.StepReport;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.failure.TimeoutFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Runs the steps of a procedure one after the other. A step that fails does not fail the run: it waits for the commander,
 * who retries it, skips it where that is allowed, or aborts.
 */
public final class Steps {
    private final List<StepRecord> records;
    private final Brakes brakes;
    private final Runnable onChange;

    /** @param onChange called after every change that a watching person should see */
    public Steps(List<Step> steps, Brakes brakes, Runnable onChange) {
        this.records = steps.stream().map(StepRecord::new).toList();
        this.brakes = brakes;
        this.onChange = onChange;
    }

    /** Runs a step until it succeeds. */
    public <T extends Receipt> T run(Step step, Supplier<T> work) {
        return execute(step, work)
                .orElseThrow(() -> new IllegalStateException("step \"" + step.name() + "\" is not skippable"));
    }

    /** Runs a step until it succeeds or a commander leaves it out. */
    public <T extends Receipt> Optional<T> runSkippable(Step step, Supplier<T> work) {
        return execute(step, work);
    }

    /** Runs a step whose failure ends the run: nobody could mend it by trying again. */
    public <T extends Receipt> T runOrEnd(Step step, Supplier<T> work) {
        StepRecord record = record(step);
        passHold(step);
        record.begin();
        onChange.run();
        try {
            T receipt = work.get();
            record.end(StepState.SUCCEEDED, receipt.sentence(), receipt.facts());
            return receipt;
        } catch (TemporalFailure | AbortedException failure) {
            record.end(StepState.FAILED, sentence(failure), List.of());
            throw failure;
        }
    }

    /** Waits before a step while the run is held. */
    public void passHold(Step step) {
        StepRecord record = record(step);
        brakes.pass(() -> {
            record.waitBefore("Held before this step.");
            onChange.run();
        });
        record.personAnswered();
    }

    private <T extends Receipt> Optional<T> execute(Step step, Supplier<T> work) {
        StepRecord record = record(step);
        while (true) {
            passHold(step);
            record.begin();
            onChange.run();
            try {
                T receipt = work.get();
                record.end(StepState.SUCCEEDED, receipt.sentence(), receipt.facts());
                onChange.run();
                return Optional.of(receipt);
            } catch (TemporalFailure failure) {
                if (!retryAfter(record, sentence(failure))) {
                    return Optional.empty();
                }
            } catch (AbortedException aborted) {
                record.end(StepState.FAILED, "Ended by a person.", List.of());
                throw aborted;
            }
        }
    }

    /** Whether the step is to be tried again; false when it was skipped. */
    private boolean retryAfter(StepRecord record, String why) {
        record.waitForPerson(why);
        onChange.run();
        try {
            if (brakes.awaitRetryOrSkip(record.step)) {
                record.personAnswered();
                return true;
            }
        } catch (AbortedException ended) {
            record.end(StepState.FAILED, why, List.of());
            throw ended;
        }
        record.end(StepState.SKIPPED, "Skipped by a commander. It had failed: " + why, List.of());
        onChange.run();
        return false;
    }

    public StepTimes times(Step step) {
        return new StepTimes(record(step).startedAt(), record(step).finishedAt());
    }

    /** Says what a running step is doing now. */
    public void say(Step step, String sentence) {
        record(step).say(sentence);
        onChange.run();
    }

    /** Counts the time from here to the end of the step as waiting for a person. */
    public void waitForPerson(Step step, String sentence) {
        record(step).waitBefore(sentence);
        onChange.run();
    }

    public List<StepStatus> status() {
        return records.stream().map(StepRecord::status).toList();
    }

    public List<StepReport> reports() {
        return records.stream().map(StepRecord::report).toList();
    }

    /** The step that runs or waits. */
    public Optional<Step> current() {
        return records.stream()
                .filter(r -> r.state() == StepState.RUNNING || r.state() == StepState.WAITING)
                .map(r -> r.step)
                .findFirst();
    }

    /** The step that waits for the commander. */
    public Optional<StepStatus> waiting() {
        return records.stream()
                .filter(StepRecord::isWaiting)
                .map(StepRecord::status)
                .findFirst();
    }

    public List<String> skipped() {
        return records.stream()
                .filter(r -> r.state() == StepState.SKIPPED)
                .map(r -> r.step.name())
                .toList();
    }

    /** When a step began and ended, by the Temporal server's timestamps. */
    public record StepTimes(Optional<Instant> startedAt, Optional<Instant> finishedAt) {
        /** From start to end, where the step has ended. */
        public Optional<Double> seconds() {
            return startedAt.flatMap(
                    start -> finishedAt.map(end -> Duration.between(start, end).toMillis() / 1000.0));
        }
    }

    /** What a failure says to a person: the innermost message that is ours. */
    public static String sentence(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof ApplicationFailure application) {
                return application.getOriginalMessage();
            }
            if (t instanceof TimeoutFailure timeout && timeout.getCause() == null) {
                return "No answer in time (" + timeout.getTimeoutType()
                        + "). See the pending activity in the Temporal UI.";
            }
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    private StepRecord record(Step step) {
        return records.get(step.number() - 1);
    }
}
