package io.lifeboat.workflow.backup;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.List;

/** Compares every stored byte of a backup with its signed manifest, in each of its places. Changes nothing. */
@WorkflowInterface
public interface VerifyBackupWorkflow {
    /** The wire name; never rename it. */
    String TYPE = "VerifyBackup";

    /**
     * Fails with {@code BACKUP_CORRUPT} when the backup is not whole in some place, with {@code TARGET_NOT_FOUND} when no place has it,
     * and with what kept a place from answering otherwise.
     */
    @WorkflowMethod(name = TYPE)
    Verified verify(BackupRequest request);

    /** @param places one for each place */
    record Verified(String service, String datastore, String id, List<VerifyReceipt> places) {
        public Verified {
            places = List.copyOf(places);
        }
    }
}
