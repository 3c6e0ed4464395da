package io.lifeboat.workflow.report;

import io.lifeboat.workflow.Fact;
import io.lifeboat.workflow.run.StepState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A step, as a report tells it.
 *
 * @param number from 1
 * @param startedAt absent when it was not executed
 * @param seconds from start to end
 * @param humanSeconds the part of it that was spent waiting for a person
 * @param attempts of the activity of this step that needed most; 0 when there was none
 * @param detail one sentence: what is true now, or why it failed or was skipped
 * @param facts the receipts
 * @param activities what ran, completed from the history
 */
public record StepReport(
        int number,
        String name,
        StepState state,
        Optional<Instant> startedAt,
        double seconds,
        double humanSeconds,
        int attempts,
        String detail,
        List<Fact> facts,
        List<ActivityReport> activities) {

    /**
     * One activity, from the history.
     *
     * @param offsetSeconds from the start of the run to its scheduling
     * @param seconds from scheduling to the end
     * @param lastFailure of the attempt before the last, where there was one
     */
    public record ActivityReport(
            String name,
            double offsetSeconds,
            double seconds,
            int attempts,
            String worker,
            Optional<String> lastFailure) {}

    public StepReport {
        facts = List.copyOf(facts);
        activities = List.copyOf(activities);
    }

    /** The same step with the activities of the history. */
    public StepReport with(List<ActivityReport> ran) {
        int most = ran.stream().mapToInt(ActivityReport::attempts).max().orElse(0);
        return new StepReport(number, name, state, startedAt, seconds, humanSeconds, most, detail, facts, ran);
    }
}
