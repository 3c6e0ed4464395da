package io.lifeboat.activity.report;

import com.google.protobuf.Timestamp;
import io.lifeboat.workflow.report.RunReport;
import io.lifeboat.workflow.report.RunReport.Interruption;
import io.lifeboat.workflow.report.StepReport;
import io.lifeboat.workflow.report.StepReport.ActivityReport;
import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.history.v1.ActivityTaskScheduledEventAttributes;
import io.temporal.api.history.v1.ActivityTaskStartedEventAttributes;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.history.v1.WorkflowTaskTimedOutEventAttributes;
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
 *
 * <p>Only the end of its heartbeats proves that a worker was lost; of an attempt that was merely too slow it says no more than that.
 */
final class HistoryReader {
    /** A task or an activity waits this long only when the worker that should take it is gone. */
    private static final Duration ABSENCE = Duration.ofMillis(500);

    private static final String NO_WORKER = "No worker took ";
    private static final String NEXT_TASK = "the next workflow task";

    /** Events that a later one refers to, by id. */
    private final Map<Long, HistoryEvent> events = new HashMap<>();
    /** Start of the last attempt, by the id of the scheduling. */
    private final Map<Long, HistoryEvent> started = new HashMap<>();

    private final List<Ran> ran = new ArrayList<>();
    private final Absences absences = new Absences();

    private record Ran(Instant at, ActivityReport activity) {}

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
        List<Interruption> interruptions = absences.all().stream()
                .map(a -> new Interruption(stepAt(a.from(), report.steps()), String.join(" ", a.signs()), a.seconds()))
                .toList();
        return report.with(steps, interruptions);
    }

    private void take(HistoryEvent event, Instant runStart) {
        switch (event.getEventType()) {
            case EVENT_TYPE_ACTIVITY_TASK_SCHEDULED, EVENT_TYPE_WORKFLOW_TASK_SCHEDULED ->
                events.put(event.getEventId(), event);
            case EVENT_TYPE_ACTIVITY_TASK_STARTED ->
                started.put(event.getActivityTaskStartedEventAttributes().getScheduledEventId(), event);
            case EVENT_TYPE_ACTIVITY_TASK_COMPLETED ->
                end(
                        event.getActivityTaskCompletedEventAttributes().getScheduledEventId(),
                        event,
                        Optional.empty(),
                        runStart);
            case EVENT_TYPE_ACTIVITY_TASK_FAILED ->
                end(
                        event.getActivityTaskFailedEventAttributes().getScheduledEventId(),
                        event,
                        Optional.empty(),
                        runStart);
            case EVENT_TYPE_ACTIVITY_TASK_TIMED_OUT ->
                end(
                        event.getActivityTaskTimedOutEventAttributes().getScheduledEventId(),
                        event,
                        Optional.of(
                                event.getActivityTaskTimedOutEventAttributes().getFailure()),
                        runStart);
            case EVENT_TYPE_WORKFLOW_TASK_STARTED -> {
                events.put(event.getEventId(), event);
                HistoryEvent scheduled = events.getOrDefault(
                        event.getWorkflowTaskStartedEventAttributes().getScheduledEventId(), event);
                waited(instant(scheduled), instant(event), NEXT_TASK);
            }
            case EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT -> taskTimedOut(event);
            default -> {
                // Other events do not say how long anything took.
            }
        }
    }

    /** @param timeout how the last attempt, or the whole activity, ran out of time */
    private void end(long id, HistoryEvent event, Optional<Failure> timeout, Instant runStart) {
        HistoryEvent scheduled = events.getOrDefault(id, event);
        ActivityTaskScheduledEventAttributes activity = scheduled.getActivityTaskScheduledEventAttributes();
        String type = activity.getActivityType().getName();
        Instant begin = instant(scheduled);
        Optional<HistoryEvent> start = Optional.ofNullable(started.get(id));
        Optional<ActivityTaskStartedEventAttributes> attempt =
                start.map(HistoryEvent::getActivityTaskStartedEventAttributes);
        // Without a start and without a failure of an attempt before, no worker ever had it.
        boolean neverTaken = attempt.isEmpty()
                && timeout.filter(failure -> !failure.hasCause()).isPresent();
        int attempts =
                attempt.map(ActivityTaskStartedEventAttributes::getAttempt).orElse(neverTaken ? 0 : 1);
        Optional<Failure> before = attempt.filter(ActivityTaskStartedEventAttributes::hasLastFailure)
                .map(ActivityTaskStartedEventAttributes::getLastFailure);
        ran.add(new Ran(
                begin,
                new ActivityReport(
                        type,
                        seconds(runStart, begin),
                        seconds(begin, instant(event)),
                        attempts,
                        attempt.map(ActivityTaskStartedEventAttributes::getIdentity)
                                .orElse(""),
                        before.map(Failure::getMessage))));

        if (neverTaken) {
            absences.add(begin, instant(event), NO_WORKER + type + ".");
        }
        start.ifPresent(last -> {
            if (attempts == 1) {
                waited(begin, instant(last), type);
            }
            before.flatMap(failure -> lost(failure, activity, attempts - 1))
                    .ifPresent(sign -> absences.add(begin, instant(last), sign));
            timeout.flatMap(failure -> lost(failure, activity, attempts))
                    .ifPresent(sign -> absences.add(instant(last), instant(event), sign));
        });
    }

    /** What a failure says of the worker that ran this attempt; empty where it says nothing of it. */
    private static Optional<String> lost(Failure failure, ActivityTaskScheduledEventAttributes activity, int attempt) {
        if (!failure.hasTimeoutFailureInfo()) {
            return Optional.empty();
        }
        String what = "attempt " + attempt + " of " + activity.getActivityType().getName();
        TimeoutType type = failure.getTimeoutFailureInfo().getTimeoutType();
        if (type == TimeoutType.TIMEOUT_TYPE_HEARTBEAT) {
            return Optional.of("The worker was lost during " + what + ".");
        }
        if (type == TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE) {
            Duration heartbeat = Duration.ofSeconds(
                    activity.getHeartbeatTimeout().getSeconds(),
                    activity.getHeartbeatTimeout().getNanos());
            return Optional.of(
                    heartbeat.isZero()
                            ? "Without heartbeats nothing was heard of " + what + ": it was lost, or its worker was."
                            : "Heartbeats went on, but " + what + " took longer than it may.");
        }
        return Optional.empty();
    }

    private void taskTimedOut(HistoryEvent event) {
        WorkflowTaskTimedOutEventAttributes task = event.getWorkflowTaskTimedOutEventAttributes();
        boolean taken = task.getTimeoutType() == TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE;
        HistoryEvent from = events.getOrDefault(taken ? task.getStartedEventId() : task.getScheduledEventId(), event);
        absences.add(
                instant(from),
                instant(event),
                taken ? "A worker took " + NEXT_TASK + " and did not answer." : NO_WORKER + NEXT_TASK + ".");
    }

    private void waited(Instant from, Instant to, String what) {
        if (Duration.between(from, to).compareTo(ABSENCE) > 0) {
            absences.add(from, to, NO_WORKER + what + ".");
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

    private static Instant instant(HistoryEvent event) {
        Timestamp time = event.getEventTime();
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }
}
