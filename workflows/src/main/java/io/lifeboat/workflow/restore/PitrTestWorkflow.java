package io.lifeboat.workflow.restore;

import io.lifeboat.workflow.run.RunStatus;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Proves that a datastore can go back to a point in time: markers are written around a moment, the newest base backup and the archived log
 * are recovered to it in an isolated instance, which must hold the one marker and not the other. Workflow id {@code
 * pitr/<service>/<datastore>/<slot>}.
 */
@WorkflowInterface
public interface PitrTestWorkflow {
    /** The wire name; never rename it. */
    String TYPE = "PitrTest";

    @WorkflowMethod(name = TYPE)
    RestoreResult run(RestoreRequest request);

    @QueryMethod(name = "status", description = "What happens now.")
    RunStatus status();
}
