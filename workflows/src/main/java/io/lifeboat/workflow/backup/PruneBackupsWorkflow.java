package io.lifeboat.workflow.backup;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.List;

/** Applies retention to all backups of a service, or says what it would remove. */
@WorkflowInterface
public interface PruneBackupsWorkflow {
    /** The wire name; never rename it. */
    String TYPE = "PruneBackups";

    @WorkflowMethod(name = TYPE)
    Pruned prune(BackupRequest request);

    /** @param places one for each policy and place */
    record Pruned(String service, boolean planOnly, List<RetentionReceipt> places) {
        public Pruned {
            places = List.copyOf(places);
        }
    }
}
