package io.lifeboat.workflow.backup;

import io.lifeboat.runbook.BackupPolicy;
import io.lifeboat.runbook.Datastore;
import java.util.List;

/**
 * What a run is to take, the most critical first, and what it leaves alone.
 *
 * @param notDue one sentence each
 */
public record BackupPlan(List<Due> due, List<String> notDue) {

    /** @param id of the backup to be taken */
    public record Due(Datastore datastore, BackupPolicy policy, String id) {}

    public BackupPlan {
        due = List.copyOf(due);
        notDue = List.copyOf(notDue);
    }
}
