package io.lifeboat.activity.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifeboat.workflow.report.RunReport;
import io.lifeboat.workflow.report.RunReport.Interruption;
import io.lifeboat.workflow.report.StepReport.ActivityReport;
import io.temporal.api.enums.v1.TimeoutType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class HistoryReaderTest {
    private static final Duration BEATS = Duration.ofSeconds(2);

    private final Histories history = new Histories();

    @Test
    void activityOfAnOrdinaryRunBelongsToItsStepAndInterruptsNothing() {
        long fence = history.scheduled(1.0, "Fence_Fence", BEATS);
        history.started(1.02, fence, 1, Optional.empty());
        history.completed(1.5, fence);
        long task = history.taskScheduled(1.5);
        history.taskStarted(1.51, task);
        long promote = history.scheduled(5.0, "Promotion_Promote", BEATS);
        history.started(5.01, promote, 1, Optional.empty());
        history.completed(5.2, promote);

        RunReport report = read();

        assertThat(report.steps().get(0).activities())
                .containsExactly(new ActivityReport("Fence_Fence", 1.0, 0.5, 1, "worker-1", Optional.empty()));
        assertThat(report.steps().get(1).activities())
                .extracting(ActivityReport::name)
                .containsExactly("Promotion_Promote");
        assertThat(report.interruptions()).isEmpty();
    }

    @Test
    void retryAfterAFailureOfItsOwnIsNoInterruption() {
        long fence = history.scheduled(1.0, "Fence_Fence", BEATS);
        history.started(9.0, fence, 4, Optional.of(Histories.application("the agent does not answer")));
        history.completed(9.5, fence);

        RunReport report = read();

        assertThat(report.steps().get(0).activities())
                .containsExactly(new ActivityReport(
                        "Fence_Fence", 1.0, 8.5, 4, "worker-4", Optional.of("the agent does not answer")));
        assertThat(report.interruptions()).isEmpty();
    }

    @Test
    void endOfHeartbeatsIsALostWorker() {
        long fence = history.scheduled(1.0, "Fence_Fence", BEATS);
        history.started(3.5, fence, 2, Optional.of(Histories.timeout(TimeoutType.TIMEOUT_TYPE_HEARTBEAT)));
        history.completed(4.0, fence);

        assertThat(read().interruptions())
                .containsExactly(
                        new Interruption("Fence", "The worker was lost during attempt 1 of Fence_Fence.", 2.5));
    }

    @Test
    void slowAttemptWhoseHeartbeatsWentOnIsNoLostWorker() {
        long fence = history.scheduled(1.0, "Fence_Fence", BEATS);
        history.started(13.0, fence, 2, Optional.of(Histories.timeout(TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE)));
        history.completed(13.5, fence);

        assertThat(read().interruptions())
                .containsExactly(new Interruption(
                        "Fence", "Heartbeats went on, but attempt 1 of Fence_Fence took longer than it may.", 12.0));
    }

    @Test
    void attemptWithoutHeartbeatsThatGaveNoAnswerMayHaveLostItsWorker() {
        long fence = history.scheduled(1.0, "Fence_Fence", Duration.ZERO);
        history.started(13.0, fence, 2, Optional.of(Histories.timeout(TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE)));
        history.completed(13.5, fence);

        assertThat(read().interruptions())
                .singleElement()
                .extracting(Interruption::what)
                .asString()
                .contains("it was lost, or its worker was");
    }

    @Test
    void activityThatWaitedForAWorkerIsAnInterruption() {
        long fence = history.scheduled(1.0, "Fence_Fence", BEATS);
        history.started(2.0, fence, 1, Optional.empty());
        history.completed(2.5, fence);

        assertThat(read().interruptions())
                .containsExactly(new Interruption("Fence", "No worker took Fence_Fence.", 1.0));
    }

    @Test
    void workflowTaskNobodyTookIsCountedOnceAcrossItsTimeout() {
        long sticky = history.taskScheduled(1.0);
        history.taskTimedOut(1.5, sticky, 0, TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_START);
        long next = history.taskScheduled(1.5);
        history.taskStarted(3.0, next);

        assertThat(read().interruptions())
                .containsExactly(new Interruption("Fence", "No worker took the next workflow task.", 2.0));
    }

    @Test
    void workflowTaskThatWasTakenAndNotAnsweredIsSaidToBeTaken() {
        long task = history.taskScheduled(1.0);
        long taken = history.taskStarted(1.01, task);
        history.taskTimedOut(11.01, task, taken, TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE);

        assertThat(read().interruptions())
                .containsExactly(
                        new Interruption("Fence", "A worker took the next workflow task and did not answer.", 10.0));
    }

    @Test
    void activityAndWorkflowTaskThatWaitAtOnceAreOneInterruption() {
        long fence = history.scheduled(1.0, "Fence_Fence", BEATS);
        long task = history.taskScheduled(2.0);
        history.taskStarted(4.5, task);
        history.started(4.0, fence, 2, Optional.of(Histories.timeout(TimeoutType.TIMEOUT_TYPE_HEARTBEAT)));
        history.completed(4.8, fence);

        assertThat(read().interruptions())
                .containsExactly(new Interruption(
                        "Fence",
                        "The worker was lost during attempt 1 of Fence_Fence. No worker took the next workflow task.",
                        3.5));
    }

    @Test
    void activitiesThatLostTheSameWorkerAreOneInterruption() {
        long first = history.scheduled(1.0, "Workload_Scale", BEATS);
        long second = history.scheduled(1.1, "Workload_Scale", BEATS);
        history.started(3.5, first, 2, Optional.of(Histories.timeout(TimeoutType.TIMEOUT_TYPE_HEARTBEAT)));
        history.completed(3.6, first);
        history.started(3.4, second, 2, Optional.of(Histories.timeout(TimeoutType.TIMEOUT_TYPE_HEARTBEAT)));
        history.completed(3.6, second);

        assertThat(read().interruptions())
                .containsExactly(
                        new Interruption("Fence", "The worker was lost during attempt 1 of Workload_Scale.", 2.5));
    }

    @Test
    void activityThatWaitedAndThenLostItsWorkerForGoodIsOneInterruption() {
        long fence = history.scheduled(1.0, "Fence_Fence", BEATS);
        history.started(2.0, fence, 1, Optional.empty());
        history.timedOut(4.0, fence, Histories.timeout(TimeoutType.TIMEOUT_TYPE_HEARTBEAT));

        assertThat(read().interruptions())
                .containsExactly(new Interruption(
                        "Fence",
                        "No worker took Fence_Fence. The worker was lost during attempt 1 of Fence_Fence.",
                        3.0));
    }

    @Test
    void activityThatFailedForGoodIsReportedAndInterruptsNothing() {
        long fence = history.scheduled(1.0, "Fence_Fence", BEATS);
        history.started(2.0, fence, 3, Optional.of(Histories.application("the agent does not answer")));
        history.failed(2.5, fence);

        RunReport report = read();

        assertThat(report.steps().get(0).attempts()).isEqualTo(3);
        assertThat(report.interruptions()).isEmpty();
    }

    @Test
    void activityThatNoWorkerEverTookHadNoAttempt() {
        long fence = history.scheduled(1.0, "Fence_Fence", BEATS);
        history.timedOut(4.0, fence, Histories.timeout(TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_CLOSE));

        RunReport report = read();

        assertThat(report.steps().get(0).activities())
                .extracting(ActivityReport::attempts)
                .isEqualTo(List.of(0));
        assertThat(report.interruptions())
                .containsExactly(new Interruption("Fence", "No worker took Fence_Fence.", 3.0));
    }

    @Test
    void activityWhoseTimeEndedBetweenTwoAttemptsWasNotWithoutAWorker() {
        long fence = history.scheduled(1.0, "Fence_Fence", BEATS);
        history.timedOut(
                4.0,
                fence,
                Histories.timeout(TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_CLOSE).toBuilder()
                        .setCause(Histories.application("the agent does not answer"))
                        .build());

        assertThat(read().interruptions()).isEmpty();
    }

    private RunReport read() {
        RunReport draft =
                Drafts.of("failover/orders/1", "run-1", Drafts.step(1, "Fence", 0.9), Drafts.step(2, "Promote", 4.9));
        return new HistoryReader().complete(draft, history.events());
    }
}
