package io.lifeboat.workflow.guard;

import io.temporal.workflow.Workflow;

/** Waits until it is cancelled. */
public final class ServiceGuardWorkflowImpl implements ServiceGuardWorkflow {
    @Override
    public void hold(Held held) {
        Workflow.setCurrentDetails(
                "**" + held.procedure() + "** of **" + held.service() + "** runs as [" + held.workflowId()
                        + "](/namespaces/{namespace}/workflows/" + held.workflowId() + "/" + held.runId() + ")");
        Workflow.await(() -> false);
    }
}
