package io.lifeboat.workflow.backup;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Shows what a backup's signed manifest says, from the first place that has it. Changes nothing and opens nothing. */
@WorkflowInterface
public interface ShowBackupWorkflow {
    /** The wire name; never rename it. */
    String TYPE = "ShowBackup";

    @WorkflowMethod(name = TYPE)
    BackupDetail show(BackupRequest request);
}
