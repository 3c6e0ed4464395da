package io.lifeboat.lab.demo;

import static io.temporal.api.enums.v1.PendingActivityState.PENDING_ACTIVITY_STATE_SCHEDULED;
import static io.temporal.api.enums.v1.PendingActivityState.PENDING_ACTIVITY_STATE_STARTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.api.common.v1.ActivityType;
import io.temporal.api.enums.v1.PendingActivityState;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StalledRunTest {
    @Test
    void saysWhatTheServerWaitsForWhereTheRunIsSilent() {
        PendingActivityInfo again = pending("Promotion_Promote", PENDING_ACTIVITY_STATE_SCHEDULED, 3)
                .setLastFailure(Failure.newBuilder().setMessage("it still has to replay 7 bytes"))
                .build();
        PendingActivityInfo running = pending("Fence_Fence", PENDING_ACTIVITY_STATE_STARTED, 1)
                .setLastWorkerIdentity("worker-1")
                .build();

        assertThat(StalledRun.sentence(Optional.empty(), List.of(again, running)))
                .isEqualTo(
                        "It does not answer. Promotion_Promote waits for a worker or its next attempt, attempt 3, after it"
                                + " still has to replay 7 bytes. Fence_Fence runs in worker-1, attempt 1.");
    }

    private static PendingActivityInfo.Builder pending(String type, PendingActivityState state, int attempt) {
        return PendingActivityInfo.newBuilder()
                .setActivityType(ActivityType.newBuilder().setName(type))
                .setState(state)
                .setAttempt(attempt);
    }
}
