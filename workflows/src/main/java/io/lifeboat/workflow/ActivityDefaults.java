package io.lifeboat.workflow;

import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.Priority;
import io.temporal.common.RetryOptions;
import java.time.Duration;

/**
 * How activities are called. Those of a failover: at once, retried quickly, given up soon enough that a commander is asked. Those
 * that move data: for hours if need be, given up after a few failures, because a backup that fails has to show. The worker heartbeats for every activity that runs, so that a lost worker is noticed after two seconds whatever the activity
 * does (measured: about one second to the next attempt with a heartbeat time-out of one).
 */
public final class ActivityDefaults {
    private static final Duration LOST_WORKER = Duration.ofSeconds(2);

    /** Long enough for a worker that is short of processor time, which moving data makes likely. */
    private static final Duration SILENT_WORKER = Duration.ofSeconds(10);

    private static final int BULK_ATTEMPTS = 4;

    private static final Priority FIRST =
            Priority.newBuilder().setPriorityKey(1).build();

    private ActivityDefaults() {}

    /**
     * @param summary what the UI's timeline shows
     * @param attempt how long one attempt may take
     * @param patience how long all attempts together may take before the step counts as failed
     */
    public static ActivityOptions failover(String summary, Duration attempt, Duration patience) {
        return ActivityOptions.newBuilder()
                .setTaskQueue(TaskQueues.FAILOVER)
                .setSummary(summary)
                .setStartToCloseTimeout(attempt)
                .setScheduleToCloseTimeout(patience)
                .setHeartbeatTimeout(LOST_WORKER)
                .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
                .setPriority(FIRST)
                .setRetryOptions(RetryOptions.newBuilder()
                        .setInitialInterval(Duration.ofMillis(100))
                        .setBackoffCoefficient(2)
                        .setMaximumInterval(Duration.ofSeconds(2))
                        .setDoNotRetry(FailureType.finalTypes())
                        .build())
                .build();
    }

    /** Like {@link #bulk}, before everything that is not waited for by a commander. */
    public static ActivityOptions urgentBulk(String summary, Duration attempt) {
        return ActivityOptions.newBuilder(bulk(summary, attempt))
                .setPriority(FIRST)
                .build();
    }

    /**
     * @param summary what the UI's timeline shows
     * @param attempt how long one attempt may take
     */
    public static ActivityOptions bulk(String summary, Duration attempt) {
        return ActivityOptions.newBuilder()
                .setTaskQueue(TaskQueues.BULK)
                .setSummary(summary)
                .setStartToCloseTimeout(attempt)
                .setHeartbeatTimeout(SILENT_WORKER)
                .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
                .setRetryOptions(RetryOptions.newBuilder()
                        .setInitialInterval(Duration.ofSeconds(2))
                        .setBackoffCoefficient(3)
                        .setMaximumAttempts(BULK_ATTEMPTS)
                        .setDoNotRetry(FailureType.finalTypes())
                        .build())
                .build();
    }
}
