package io.lifeboat.workflow.backup;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Lets the receiver of a datastore's log go on across what is missing: nobody can go back to a moment in it any more. */
@WorkflowInterface
public interface AcceptGapWorkflow {
    /** The wire name; never rename it. */
    String TYPE = "AcceptGap";

    @WorkflowMethod(name = TYPE)
    GapReceipt accept(BackupRequest request);
}
