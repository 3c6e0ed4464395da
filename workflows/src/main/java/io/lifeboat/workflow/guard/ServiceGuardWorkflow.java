package io.lifeboat.workflow.guard;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Held by every mutating run of a service as its first child, under the id {@code guard/<service>}: Temporal lets only one
 * workflow of an id run, so a second mutating run is refused whatever its own id is. Ends when its parent cancels it or
 * closes.
 */
@WorkflowInterface
public interface ServiceGuardWorkflow {
    /** @param held who holds the service, shown in the UI */
    @WorkflowMethod(name = "ServiceGuard")
    void hold(Held held);

    record Held(String service, String procedure, String workflowId, String runId) {}
}
