package io.lifeboat.lab.fault;

import com.google.protobuf.Timestamp;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An activity that a history knows of. Temporal writes down only the attempt that ended it.
 *
 * @param took from the start of that attempt to its end; zero where it did not succeed
 */
record ScheduledActivity(String id, String type, Duration took) {
    static List<ScheduledActivity> in(List<HistoryEvent> history) {
        Map<Long, ScheduledActivity> found = new LinkedHashMap<>();
        Map<Long, Instant> started = new LinkedHashMap<>();
        for (HistoryEvent event : history) {
            if (event.getEventType() == EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED) {
                var scheduled = event.getActivityTaskScheduledEventAttributes();
                found.put(
                        event.getEventId(),
                        new ScheduledActivity(
                                scheduled.getActivityId(),
                                scheduled.getActivityType().getName(),
                                Duration.ZERO));
            } else if (event.getEventType() == EventType.EVENT_TYPE_ACTIVITY_TASK_STARTED) {
                started.put(event.getActivityTaskStartedEventAttributes().getScheduledEventId(), time(event));
            } else if (event.getEventType() == EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED) {
                long scheduled = event.getActivityTaskCompletedEventAttributes().getScheduledEventId();
                found.computeIfPresent(
                        scheduled,
                        (key, activity) -> new ScheduledActivity(
                                activity.id(), activity.type(), Duration.between(started.get(key), time(event))));
            }
        }
        return List.copyOf(found.values());
    }

    private static Instant time(HistoryEvent event) {
        Timestamp time = event.getEventTime();
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }
}
