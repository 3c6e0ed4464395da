package io.lifeboat.starter;

import com.google.protobuf.util.Timestamps;
import io.grpc.StatusRuntimeException;
import io.lifeboat.workflow.TaskQueues;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import io.temporal.client.WorkflowClient;
import java.time.Duration;

/** Whether anybody is there to do the work. */
final class Workers {
    static final String NONE = "No worker polls task queue \"" + TaskQueues.CONTROL
            + "\": the run begins as soon as one does. Start a worker.";

    /** A poll lasts up to a minute, so a living worker was seen within a little more. */
    private static final Duration FRESH = Duration.ofSeconds(75);

    private final WorkflowClient client;

    Workers(WorkflowClient client) {
        this.client = client;
    }

    /** True as well where the server does not say. */
    boolean arePolling() {
        try {
            long oldest = System.currentTimeMillis() - FRESH.toMillis();
            return client
                    .getWorkflowServiceStubs()
                    .blockingStub()
                    .describeTaskQueue(DescribeTaskQueueRequest.newBuilder()
                            .setNamespace(client.getOptions().getNamespace())
                            .setTaskQueue(TaskQueue.newBuilder().setName(TaskQueues.CONTROL))
                            .setTaskQueueType(TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW)
                            .build())
                    .getPollersList()
                    .stream()
                    .anyMatch(p -> Timestamps.toMillis(p.getLastAccessTime()) > oldest);
        } catch (StatusRuntimeException notSaid) {
            return true;
        }
    }
}
