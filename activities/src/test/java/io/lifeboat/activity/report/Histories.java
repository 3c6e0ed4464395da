package io.lifeboat.activity.report;

import com.google.protobuf.Timestamp;
import io.temporal.api.common.v1.ActivityType;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.api.failure.v1.ApplicationFailureInfo;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.failure.v1.TimeoutFailureInfo;
import io.temporal.api.history.v1.ActivityTaskCompletedEventAttributes;
import io.temporal.api.history.v1.ActivityTaskFailedEventAttributes;
import io.temporal.api.history.v1.ActivityTaskScheduledEventAttributes;
import io.temporal.api.history.v1.ActivityTaskStartedEventAttributes;
import io.temporal.api.history.v1.ActivityTaskTimedOutEventAttributes;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.history.v1.WorkflowTaskScheduledEventAttributes;
import io.temporal.api.history.v1.WorkflowTaskStartedEventAttributes;
import io.temporal.api.history.v1.WorkflowTaskTimedOutEventAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A history written by hand, as the server would: of an activity's attempts it shows only the last one's start. Times are seconds of the run. */
final class Histories {
    private final List<HistoryEvent> events = new ArrayList<>();

    Stream<HistoryEvent> events() {
        return events.stream();
    }

    static Failure application(String message) {
        return Failure.newBuilder()
                .setMessage(message)
                .setApplicationFailureInfo(ApplicationFailureInfo.newBuilder().setType("UNAVAILABLE"))
                .build();
    }

    static Failure timeout(TimeoutType type) {
        return Failure.newBuilder()
                .setMessage("activity timed out")
                .setTimeoutFailureInfo(TimeoutFailureInfo.newBuilder().setTimeoutType(type))
                .build();
    }

    /** @return the id that later events refer to */
    long scheduled(double at, String activity, Duration heartbeat) {
        return add(
                at,
                EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED,
                event -> event.setActivityTaskScheduledEventAttributes(ActivityTaskScheduledEventAttributes.newBuilder()
                        .setActivityType(ActivityType.newBuilder().setName(activity))
                        .setHeartbeatTimeout(com.google.protobuf.Duration.newBuilder()
                                .setSeconds(heartbeat.toSeconds())
                                .setNanos(heartbeat.toNanosPart()))));
    }

    void started(double at, long scheduled, int attempt, Optional<Failure> before) {
        ActivityTaskStartedEventAttributes.Builder start = ActivityTaskStartedEventAttributes.newBuilder()
                .setScheduledEventId(scheduled)
                .setAttempt(attempt)
                .setIdentity("worker-" + attempt);
        before.ifPresent(start::setLastFailure);
        add(
                at,
                EventType.EVENT_TYPE_ACTIVITY_TASK_STARTED,
                event -> event.setActivityTaskStartedEventAttributes(start));
    }

    void completed(double at, long scheduled) {
        add(
                at,
                EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED,
                event -> event.setActivityTaskCompletedEventAttributes(
                        ActivityTaskCompletedEventAttributes.newBuilder().setScheduledEventId(scheduled)));
    }

    void failed(double at, long scheduled) {
        add(
                at,
                EventType.EVENT_TYPE_ACTIVITY_TASK_FAILED,
                event -> event.setActivityTaskFailedEventAttributes(
                        ActivityTaskFailedEventAttributes.newBuilder().setScheduledEventId(scheduled)));
    }

    void timedOut(double at, long scheduled, Failure failure) {
        add(
                at,
                EventType.EVENT_TYPE_ACTIVITY_TASK_TIMED_OUT,
                event -> event.setActivityTaskTimedOutEventAttributes(ActivityTaskTimedOutEventAttributes.newBuilder()
                        .setScheduledEventId(scheduled)
                        .setFailure(failure)));
    }

    /** @return the id that later events refer to */
    long taskScheduled(double at) {
        return add(
                at,
                EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED,
                event -> event.setWorkflowTaskScheduledEventAttributes(
                        WorkflowTaskScheduledEventAttributes.getDefaultInstance()));
    }

    /** @return the id that later events refer to */
    long taskStarted(double at, long scheduled) {
        return add(
                at,
                EventType.EVENT_TYPE_WORKFLOW_TASK_STARTED,
                event -> event.setWorkflowTaskStartedEventAttributes(
                        WorkflowTaskStartedEventAttributes.newBuilder().setScheduledEventId(scheduled)));
    }

    void taskTimedOut(double at, long scheduled, long started, TimeoutType type) {
        add(
                at,
                EventType.EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT,
                event -> event.setWorkflowTaskTimedOutEventAttributes(WorkflowTaskTimedOutEventAttributes.newBuilder()
                        .setScheduledEventId(scheduled)
                        .setStartedEventId(started)
                        .setTimeoutType(type)));
    }

    private long add(double at, EventType type, UnaryOperator<HistoryEvent.Builder> attributes) {
        Instant time = Drafts.START.plusMillis(Math.round(at * 1000));
        long id = events.size() + 1L;
        HistoryEvent.Builder event = HistoryEvent.newBuilder()
                .setEventId(id)
                .setEventType(type)
                .setEventTime(
                        Timestamp.newBuilder().setSeconds(time.getEpochSecond()).setNanos(time.getNano()));
        events.add(attributes.apply(event).build());
        return id;
    }
}
