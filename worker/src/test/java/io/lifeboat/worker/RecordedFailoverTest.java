package io.lifeboat.worker;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.workflow.TaskQueues;
import io.lifeboat.workflow.WireFormat;
import io.lifeboat.workflow.failover.RegionFailoverWorkflowImpl;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.RpcRetryOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a replay that went wrong says, and of what. */
class RecordedFailoverTest {
    private static final String NOBODY = "127.0.0.1:1";

    @Test
    void saysNothingOfTheCodeWhereTemporalDoesNotAnswer() {
        WorkflowServiceStubs silent = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(NOBODY)
                .setRpcRetryOptions(RpcRetryOptions.newBuilder()
                        .setExpiration(Duration.ofMillis(500))
                        .validateBuildWithDefaults())
                .build());
        WorkerFactory workers = WorkerFactory.newInstance(WorkflowClient.newInstance(
                silent,
                WorkflowClientOptions.newBuilder()
                        .setDataConverter(WireFormat.dataConverter())
                        .build()));
        try {
            Worker worker = workers.newWorker(TaskQueues.CONTROL);
            worker.registerWorkflowImplementationTypes(RegionFailoverWorkflowImpl.class);

            assertThatThrownBy(() -> RecordedFailover.read().replayOn(worker))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("Temporal does not answer");
        } finally {
            silent.shutdownNow();
        }
    }
}
