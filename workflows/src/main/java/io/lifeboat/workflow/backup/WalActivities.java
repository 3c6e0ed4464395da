package io.lifeboat.workflow.backup;

import io.lifeboat.runbook.BackupPolicy;
import io.temporal.activity.ActivityInterface;

/** The archived log of a datastore. Failures are typed as those of {@link BackupActivities}. */
@ActivityInterface(namePrefix = "Wal_")
public interface WalActivities {
    /**
     * Writes down, signed and beside the log, that its receiver may go on although what follows the archive's end is missing. It counts
     * for that very end alone. Again, it replaces the same by the same.
     */
    GapReceipt acceptGap(AcceptingGap request);

    /** @param by who accepts it */
    record AcceptingGap(String service, String datastore, BackupPolicy policy, String by, String reason) {}
}
