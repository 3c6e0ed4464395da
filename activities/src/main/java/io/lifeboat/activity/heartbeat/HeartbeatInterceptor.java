package io.lifeboat.activity.heartbeat;

import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCompletionException;
import io.temporal.common.interceptors.ActivityExecutionContextBase;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Heartbeats while an activity runs. A hung activity is still bounded by its start-to-close time-out; what the heartbeat shows
 * is that the worker lives, and the last thing the activity said of its progress. When the server wants the activity no more, its
 * thread is interrupted.
 */
public final class HeartbeatInterceptor extends WorkerInterceptorBase {
    /** Five beats within the shortest heartbeat time-out, which is two seconds. */
    private static final Duration INTERVAL = Duration.ofMillis(400);

    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(1, task -> {
        Thread thread = new Thread(task, "heartbeats");
        thread.setDaemon(true);
        return thread;
    });

    @Override
    public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
        return new Beating(next, clock);
    }

    private static final class Beating extends ActivityInboundCallsInterceptorBase {
        private final ScheduledExecutorService clock;
        private @Nullable Remembering context;

        Beating(ActivityInboundCallsInterceptor next, ScheduledExecutorService clock) {
            super(next);
            this.clock = clock;
        }

        @Override
        public void init(ActivityExecutionContext executing) {
            Remembering remembering = new Remembering(executing);
            context = remembering;
            super.init(remembering);
        }

        @Override
        public ActivityOutput execute(ActivityInput input) {
            Remembering executing = context;
            if (executing == null || executing.getInfo().getHeartbeatTimeout().isZero()) {
                return super.execute(input);
            }
            Thread activity = Thread.currentThread();
            ScheduledFuture<?> beats = clock.scheduleAtFixedRate(
                    () -> beat(executing, activity), INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
            try {
                return super.execute(input);
            } finally {
                beats.cancel(false);
            }
        }

        private static void beat(Remembering executing, Thread activity) {
            try {
                executing.beat();
            } catch (ActivityCompletionException unwanted) {
                activity.interrupt();
                throw unwanted;
            }
        }
    }

    /** Beats with what the activity itself has said last, instead of wiping it out. */
    private static final class Remembering extends ActivityExecutionContextBase {
        private volatile @Nullable Object said;

        Remembering(ActivityExecutionContext next) {
            super(next);
        }

        @Override
        public <V> void heartbeat(@Nullable V details) throws ActivityCompletionException {
            said = details;
            super.heartbeat(details);
        }

        void beat() {
            super.heartbeat(said);
        }
    }
}
