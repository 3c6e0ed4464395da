package io.lifeboat.worker;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.worker.RecordedFailover.BrokenOffException;
import io.lifeboat.workflow.TaskQueues;
import io.lifeboat.workflow.WireFormat;
import io.lifeboat.workflow.failover.RegionFailoverWorkflowImpl;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptorBase;
import io.temporal.serviceclient.RpcRetryOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
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
                    .isInstanceOf(BrokenOffException.class)
                    .hasMessageContaining("Temporal does not answer");
        } finally {
            silent.shutdownNow();
        }
    }

    @Test
    void saysNothingOfTheCodeWhereItGetsNoProcessor() {
        TestEnvironmentOptions options = TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(WireFormat.dataConverter())
                        .build())
                .setWorkerFactoryOptions(WorkerFactoryOptions.newBuilder()
                        .setWorkerInterceptors(new Slowly())
                        .build())
                .build();
        try (TestWorkflowEnvironment environment = TestWorkflowEnvironment.newInstance(options)) {
            Worker worker = environment.newWorker(
                    TaskQueues.CONTROL,
                    WorkerOptions.newBuilder()
                            .setDefaultDeadlockDetectionTimeout(1)
                            .build());
            worker.registerWorkflowImplementationTypes(RegionFailoverWorkflowImpl.class);

            assertThatThrownBy(() -> RecordedFailover.read().replayOn(worker))
                    .isInstanceOf(BrokenOffException.class)
                    .hasMessageContaining("no processor in time");
        }
    }

    /** Keeps the workflow's thread for a tenth of a second. */
    private static final class Slowly extends WorkerInterceptorBase {
        @Override
        public WorkflowInboundCallsInterceptor interceptWorkflow(WorkflowInboundCallsInterceptor next) {
            return new WorkflowInboundCallsInterceptorBase(next) {
                @Override
                public WorkflowOutput execute(WorkflowInput input) {
                    long end = System.nanoTime() + Duration.ofMillis(100).toNanos();
                    while (System.nanoTime() < end) {
                        Thread.onSpinWait();
                    }
                    return super.execute(input);
                }
            };
        }
    }
}
