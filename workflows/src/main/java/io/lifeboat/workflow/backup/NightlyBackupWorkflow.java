package io.lifeboat.workflow.backup;

import io.lifeboat.workflow.run.RunStatus;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Takes the backups of a service that are due, copies them to their other places and applies retention. Workflow id {@code
 * backup/<service>/<slot>}; any other id works as well. One failure stops nothing else; the run then fails with {@code
 * COMPLETED_WITH_FAILURES}, so that it shows.
 */
@WorkflowInterface
public interface NightlyBackupWorkflow {
    /** The wire name; never rename it. */
    String TYPE = "NightlyBackup";

    @WorkflowMethod(name = TYPE)
    BackupResult run(BackupRequest request);

    @QueryMethod(name = "status", description = "What happens now.")
    RunStatus status();
}
