package io.lifeboat.workflow.failover;

import io.lifeboat.workflow.ActivityDefaults;
import io.lifeboat.workflow.client.ClientActivities;
import io.lifeboat.workflow.epoch.EpochActivities;
import io.lifeboat.workflow.fence.FenceActivities;
import io.lifeboat.workflow.promotion.PromotionActivities;
import io.lifeboat.workflow.run.Step;
import io.lifeboat.workflow.traffic.TrafficActivities;
import io.lifeboat.workflow.verification.VerificationActivities;
import io.lifeboat.workflow.workload.WorkloadActivities;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** The ports of a failover, each call with its own summary and time-outs. */
final class FailoverPorts {
    /** A look or a small change; in a dead region it is bounded by the adapter to about two seconds. */
    private static final Duration SHORT = Duration.ofSeconds(15);

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private FailoverPorts() {}

    static AssessmentActivities assessment(String what) {
        return port(AssessmentActivities.class, FailoverSteps.ASSESS, what, SHORT, PATIENCE);
    }

    static EpochActivities epoch(Step step, String what) {
        return port(EpochActivities.class, step, what, SHORT, PATIENCE);
    }

    static WorkloadActivities workload(Step step, String what) {
        return port(WorkloadActivities.class, step, what, SHORT, PATIENCE);
    }

    /** Starting and warming up a service takes minutes, not seconds. */
    static WorkloadActivities scaling(String what) {
        return port(
                WorkloadActivities.class, FailoverSteps.SCALE_UP, what, Duration.ofMinutes(5), Duration.ofMinutes(10));
    }

    /** @param driver how long the driver may take by the runbook */
    static FenceActivities fence(String what, Duration driver) {
        Duration attempt = driver.plusSeconds(10);
        return port(FenceActivities.class, FailoverSteps.FENCE, what, attempt, attempt.multipliedBy(2));
    }

    static FenceActivities lift(String what) {
        return port(FenceActivities.class, "Undo: lift the fence " + what, SHORT, PATIENCE);
    }

    static WorkloadActivities release(String what) {
        return port(WorkloadActivities.class, "Undo: resume automation " + what, SHORT, PATIENCE);
    }

    static PromotionActivities promotion(Step step, String what) {
        return port(PromotionActivities.class, step, what, Duration.ofMinutes(2), Duration.ofMinutes(5));
    }

    /** @param test how long the test may be repeated by the runbook */
    static VerificationActivities verification(String what, Duration test) {
        Duration attempt = test.plusSeconds(10);
        return port(VerificationActivities.class, FailoverSteps.VERIFY, what, attempt, attempt.multipliedBy(2));
    }

    static TrafficActivities traffic(String what) {
        return port(TrafficActivities.class, FailoverSteps.TRAFFIC, what, Duration.ofMinutes(2), Duration.ofMinutes(5));
    }

    static TrafficActivities watch(String what, Duration watch) {
        Duration attempt = watch.plusSeconds(30);
        return port(TrafficActivities.class, FailoverSteps.WATCH, what, attempt, attempt.multipliedBy(3));
    }

    static ClientActivities client() {
        return port(
                ClientActivities.class,
                FailoverSteps.CLOSE,
                "read the client's record",
                Duration.ofSeconds(30),
                Duration.ofSeconds(40));
    }

    private static <T> T port(Class<T> type, Step step, String what, Duration attempt, Duration patience) {
        return port(type, FailoverSteps.summary(step, what), attempt, patience);
    }

    private static <T> T port(Class<T> type, String summary, Duration attempt, Duration patience) {
        return Workflow.newActivityStub(type, ActivityDefaults.failover(summary, attempt, patience));
    }
}
