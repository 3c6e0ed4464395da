package io.lifeboat.workflow.restore;

import io.lifeboat.workflow.run.RunStatus;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Proves the newest base backup of the smallest datastore, and now and then an older one: it is recovered as it is in an isolated
 * instance and checked there. Workflow id {@code smoke-restore/<service>/<slot>}.
 */
@WorkflowInterface
public interface SmokeRestoreWorkflow {
    /** The wire name; never rename it. */
    String TYPE = "SmokeRestore";

    @WorkflowMethod(name = TYPE)
    RestoreResult run(RestoreRequest request);

    @QueryMethod(name = "status", description = "What happens now.")
    RunStatus status();
}
