package io.lifeboat.activity.report;

import com.google.protobuf.Timestamp;
import io.lifeboat.workflow.report.RunReport;
import io.lifeboat.workflow.report.RunReport.Interruption;
import io.lifeboat.workflow.report.StepReport;
import io.lifeboat.workflow.report.StepReport.ActivityReport;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.history.v1.HistoryEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Completes a report with what only the history of its run knows: which activities a step needed, on which worker, after how
 * many attempts, and when nobody was there to go on. Times are the server's.
 */
final class HistoryReader {
    /** A task or an activity waits this long only when the worker that should take it is gone. */
    private static final Duration ABSENCE = Duration.ofMillis(500);

    private final Map<Long, Instant> scheduled = new HashMap<>();
    private final Map<Long, String> types = new HashMap<>();
    private final Map<Long, HistoryEvent> started = new HashMap<>();
    private final List<Ran> ran = new ArrayList<>();
    private final List<Absence> absences = new ArrayList<>();

    private record Ran(Instant at, ActivityReport activity) {}

    private record Absence(Instant at, String what, double seconds) {}

    /** @param history the run's events in order */
    RunReport complete(RunReport report, Stream<HistoryEvent> history) {
        history.forEach(event -> take(event, report.startedAt()));
        List<StepReport> steps = new ArrayList<>();
        for (StepReport step : report.steps()) {
            steps.add(step.with(ran.stream()
                    .filter(r -> belongs(r.at(), step, report.steps()))
                    .map(Ran::activity)
                    .toList()));
        }
        List<Interruption> interruptions = absences.stream()
                .map(a -> new Interruption(stepAt(a.at(), report.steps()), a.what(), a.seconds()))
                .toList();
        return report.with(steps, interruptions);
    }

    private void take(HistoryEvent event, Instant runStart) {
        Instant at = instant(event.getEventTime());
        switch (event.getEventType()) {
            case EVENT_TYPE_ACTIVITY_TASK_SCHEDULED -> {
                scheduled.put(event.getEventId(), at);
                types.put(
                        event.getEventId(),
                        event.getActivityTaskScheduledEventAttributes()
                                .getActivityType()
                                .getName());
            }
            case EVENT_TYPE_ACTIVITY_TASK_STARTED ->
                started.put(event.getActivityTaskStartedEventAttributes().getScheduledEventId(), event);
            case EVENT_TYPE_ACTIVITY_TASK_COMPLETED ->
                end(event.getActivityTaskCompletedEventAttributes().getScheduledEventId(), at, runStart);
            case EVENT_TYPE_ACTIVITY_TASK_FAILED ->
                end(event.getActivityTaskFailedEventAttributes().getScheduledEventId(), at, runStart);
            case EVENT_TYPE_ACTIVITY_TASK_TIMED_OUT ->
                end(event.getActivityTaskTimedOutEventAttributes().getScheduledEventId(), at, runStart);
            case EVENT_TYPE_WORKFLOW_TASK_SCHEDULED -> scheduled.put(event.getEventId(), at);
            case EVENT_TYPE_WORKFLOW_TASK_STARTED ->
                absence(event.getWorkflowTaskStartedEventAttributes().getScheduledEventId(), at);
            case EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT ->
                absence(event.getWorkflowTaskTimedOutEventAttributes().getScheduledEventId(), at);
            default -> {
                // Other events do not say how long anything took.
            }
        }
    }

    private void end(long scheduledId, Instant at, Instant runStart) {
        Instant begin = scheduled.getOrDefault(scheduledId, at);
        HistoryEvent start = started.get(scheduledId);
        int attempts = start == null
                ? 1
                : start.getActivityTaskStartedEventAttributes().getAttempt();
        String worker = start == null
                ? ""
                : start.getActivityTaskStartedEventAttributes().getIdentity();
        Optional<Failure> last = start != null
                        && start.getActivityTaskStartedEventAttributes().hasLastFailure()
                ? Optional.of(start.getActivityTaskStartedEventAttributes().getLastFailure())
                : Optional.empty();
        ran.add(new Ran(
                begin,
                new ActivityReport(
                        types.getOrDefault(scheduledId, ""),
                        seconds(runStart, begin),
                        seconds(begin, at),
                        attempts,
                        worker,
                        last.map(Failure::getMessage))));
        if (start != null && attempts == 1) {
            absence(scheduledId, instant(start.getEventTime()));
        }
        if (start != null && last.filter(Failure::hasTimeoutFailureInfo).isPresent()) {
            double lost = seconds(begin, instant(start.getEventTime()));
            absences.add(new Absence(
                    begin,
                    "The worker was lost during " + types.getOrDefault(scheduledId, "an activity") + "; " + lost
                            + " s passed until another attempt began.",
                    lost));
        }
    }

    private void absence(long scheduledId, Instant at) {
        Instant begin = scheduled.getOrDefault(scheduledId, at);
        if (Duration.between(begin, at).compareTo(ABSENCE) > 0) {
            double lost = seconds(begin, at);
            absences.add(new Absence(begin, "No worker took the next task for " + lost + " s.", lost));
        }
    }

    /** A step owns what was scheduled from its start until the next executed step began. */
    private static boolean belongs(Instant at, StepReport step, List<StepReport> steps) {
        return step.startedAt().isPresent()
                && !at.isBefore(step.startedAt().get())
                && steps.stream()
                        .filter(other -> other.number() > step.number())
                        .flatMap(other -> other.startedAt().stream())
                        .noneMatch(next -> !at.isBefore(next));
    }

    private static String stepAt(Instant at, List<StepReport> steps) {
        return steps.stream()
                .filter(step -> belongs(at, step, steps))
                .map(StepReport::name)
                .findFirst()
                .orElse("");
    }

    private static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }
}
