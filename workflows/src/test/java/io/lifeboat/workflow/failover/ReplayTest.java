package io.lifeboat.workflow.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.workflow.WireFormat;
import io.lifeboat.workflow.guard.ServiceGuardWorkflowImpl;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerOptions;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReplayTest {
    @BeforeAll
    static void recordAgainWhenAsked() throws IOException {
        if (Boolean.getBoolean("recreate")) {
            for (Histories history : Histories.values()) {
                history.record();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void goesThroughEveryRecordedHistoryAsItDidThen(Histories history) throws IOException {
        String recorded = history.read();

        assertThatCode(() -> replay(recorded))
                .as("Runs like %s that are under way would hang; put the change behind Workflow.getVersion", history)
                .doesNotThrowAnyException();
    }

    @Test
    void wouldNoticeAChangedOrder() throws IOException {
        String otherOrder = swapped(Histories.GREEN.read(), "\"Workload_Hold\"", "\"Fence_Fence\"");

        assertThatThrownBy(() -> replay(otherOrder)).hasMessageContaining("NonDeterministicException");
    }

    private static String swapped(String text, String one, String other) {
        assertThat(text).contains(one).contains(other);
        return text.replace(one, "\u0000").replace(other, one).replace("\u0000", other);
    }

    private static void replay(String history) throws Exception {
        TestEnvironmentOptions options = TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(WireFormat.dataConverter())
                        .build())
                .build();
        try (TestWorkflowEnvironment environment = TestWorkflowEnvironment.newInstance(options)) {
            // A busy machine is no deadlock.
            Worker worker = environment.newWorker(
                    "replay",
                    WorkerOptions.newBuilder()
                            .setDefaultDeadlockDetectionTimeout(60_000)
                            .build());
            worker.registerWorkflowImplementationTypes(
                    RegionFailoverWorkflowImpl.class, ServiceGuardWorkflowImpl.class);
            WorkflowReplayer.replayWorkflowExecution(WorkflowExecutionHistory.fromJson(history), worker);
        }
    }
}
