package io.lifeboat.workflow.backup;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Lists what the buckets hold of a service. Changes nothing. */
@WorkflowInterface
public interface ListBackupsWorkflow {
    /** The wire name; never rename it. */
    String TYPE = "ListBackups";

    @WorkflowMethod(name = TYPE)
    BackupListing list(BackupRequest request);
}
