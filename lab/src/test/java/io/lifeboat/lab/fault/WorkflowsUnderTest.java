package io.lifeboat.lab.fault;

import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptorBase;
import java.time.Duration;

/**
 * Spares the test waits: a lost worker is noticed as soon as in a failover and its call tried again at once, also where data is moved,
 * and the next night comes when it is ordered. Nothing else is changed; an activity has as many attempts as it is given.
 */
final class WorkflowsUnderTest extends WorkflowInboundCallsInterceptorBase {
    private static final Duration LOST_WORKER = Duration.ofSeconds(2);
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(100);
    /** Where the machine is busy, two starts of a worker take longer than a commander would be patient. */
    private static final int STARTS_OF_A_WORKER = 4;

    private static final Duration ONE_NIGHT = Duration.ofHours(25);

    private final FaultFolder folder;

    WorkflowsUnderTest(WorkflowInboundCallsInterceptor next, FaultFolder folder) {
        super(next);
        this.folder = folder;
    }

    @Override
    public void init(WorkflowOutboundCallsInterceptor outbound) {
        super.init(new Outbound(outbound, folder));
    }

    private static final class Outbound extends WorkflowOutboundCallsInterceptorBase {
        private final FaultFolder folder;

        Outbound(WorkflowOutboundCallsInterceptor next, FaultFolder folder) {
            super(next);
            this.folder = folder;
        }

        @Override
        public long currentTimeMillis() {
            long now = super.currentTimeMillis();
            return folder.fault() == Fault.NEXT_NIGHT ? now + ONE_NIGHT.toMillis() : now;
        }

        @Override
        public <R> ActivityOutput<R> executeActivity(ActivityInput<R> input) {
            return super.executeActivity(new ActivityInput<>(
                    input.getActivityName(),
                    input.getResultClass(),
                    input.getResultType(),
                    input.getArgs(),
                    quick(input.getOptions()),
                    input.getHeader()));
        }

        private static ActivityOptions quick(ActivityOptions given) {
            RetryOptions retries = RetryOptions.newBuilder(given.getRetryOptions())
                    .setInitialInterval(BETWEEN_ATTEMPTS)
                    .setBackoffCoefficient(1)
                    .build();
            ActivityOptions.Builder options = ActivityOptions.newBuilder(given)
                    .setHeartbeatTimeout(LOST_WORKER)
                    .setRetryOptions(retries);
            if (given.getScheduleToCloseTimeout() != null) {
                options.setScheduleToCloseTimeout(
                        given.getScheduleToCloseTimeout().multipliedBy(STARTS_OF_A_WORKER));
            }
            return options.build();
        }
    }
}
