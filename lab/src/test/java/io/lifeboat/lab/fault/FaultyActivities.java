package io.lifeboat.lab.fault;

import io.lifeboat.lab.fault.Strike.Moment;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** Lets each activity meet the fault that was ordered, once at each of its moments. */
final class FaultyActivities extends ActivityInboundCallsInterceptorBase {
    private static final AtomicInteger EXECUTED_TWICE = new AtomicInteger();

    private final FaultFolder folder;
    private final ScheduledExecutorService clock;
    private ActivityInfo activity;

    FaultyActivities(ActivityInboundCallsInterceptor next, FaultFolder folder, ScheduledExecutorService clock) {
        super(next);
        this.folder = folder;
        this.clock = clock;
    }

    @Override
    public void init(ActivityExecutionContext context) {
        activity = context.getInfo();
        super.init(context);
    }

    @Override
    public ActivityOutput execute(ActivityInput input) {
        return switch (folder.fault()) {
            case NONE, NEXT_NIGHT -> super.execute(input);
            case TWICE -> twice(input);
            case KILL -> killedOnceAtEachMoment(input);
        };
    }

    private ActivityOutput twice(ActivityInput input) {
        ActivityOutput first = super.execute(input);
        ActivityOutput second = super.execute(input);
        folder.append(strike(Moment.TWICE));
        return EXECUTED_TWICE.getAndIncrement() % 2 == 0 ? first : second;
    }

    private ActivityOutput killedOnceAtEachMoment(ActivityInput input) {
        Set<Moment> met = folder.strikes().stream()
                .filter(strike -> strike.runId().equals(activity.getWorkflowRunId())
                        && strike.activityId().equals(activity.getActivityId()))
                .map(Strike::moment)
                .collect(Collectors.toSet());
        if (!met.contains(Moment.INSIDE)) {
            return killedInside(input);
        }
        ActivityOutput output = super.execute(input);
        if (!met.contains(Moment.UNREPORTED)) {
            killWorker(Moment.UNREPORTED);
        }
        return output;
    }

    private ActivityOutput killedInside(ActivityInput input) {
        long middle = folder.middleOf(activity.getActivityType()).toMillis();
        ScheduledFuture<?> blow = clock.schedule(() -> killWorker(Moment.INSIDE), middle, TimeUnit.MILLISECONDS);
        try {
            return super.execute(input);
        } finally {
            // One that was quicker than its middle must not report, either.
            if (blow.cancel(false)) {
                killWorker(Moment.INSIDE);
            }
            parkForEver();
        }
    }

    private Strike strike(Moment moment) {
        return new Strike(activity.getWorkflowRunId(), activity.getActivityId(), activity.getActivityType(), moment);
    }

    /** By the kernel, so that no code of this process has a last word. */
    private void killWorker(Moment moment) {
        synchronized (FaultyActivities.class) {
            folder.append(strike(moment));
            try {
                new ProcessBuilder(
                                "kill",
                                "-KILL",
                                String.valueOf(ProcessHandle.current().pid()))
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            parkForEver();
        }
    }

    private static void parkForEver() {
        while (true) {
            LockSupport.park();
        }
    }
}
