package io.lifeboat.workflow.restore;

import io.lifeboat.workflow.run.CommandedRun;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Brings a damaged datastore back: its writers are stopped, a backup is restored into a copy beside it, and once the copy was found
 * as it must be the two change places. The damaged one is kept. Workflow id {@code restore/<service>/<incident>}.
 */
@WorkflowInterface
public interface RestoreDatastoreWorkflow extends CommandedRun {
    /** The wire name; never rename it. */
    String TYPE = "RestoreDatastore";

    @WorkflowMethod(name = TYPE)
    RestoreDatastoreResult run(RestoreDatastoreRequest request);
}
