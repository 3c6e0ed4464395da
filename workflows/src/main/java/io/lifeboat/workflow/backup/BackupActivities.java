package io.lifeboat.workflow.backup;

import io.lifeboat.runbook.BackupPolicy;
import io.lifeboat.runbook.BucketPlace;
import io.lifeboat.runbook.Datastore;
import io.lifeboat.runbook.Runbook;
import io.temporal.activity.ActivityInterface;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The backups of a service. Calls that move data heartbeat with the bytes moved so far. They fail with {@code UNAVAILABLE} when
 * something does not answer, {@code PRECONDITION_FAILED} when a person has to change something first, and {@code BACKUP_CORRUPT}
 * when what is stored is not what was taken.
 */
@ActivityInterface(namePrefix = "Backup_")
public interface BackupActivities {
    /** Decides which policies are due. Changes nothing. */
    BackupPlan plan(Planning request);

    /** Takes one backup into the policy's first place. Again under the same id, it gives the one that is there. */
    BackupReceipt take(Taking request);

    /**
     * Copies a backup to another place, every stored byte compared on its way, and then those before it that are missing there, as
     * after an outage. Again, it copies what is there already once more, which changes nothing.
     */
    CopyReceipt copy(Copying request);

    /** Compares every stored byte of a backup, and of those it is based on, with their signed manifests. Changes nothing. */
    VerifyReceipt verify(Verifying request);

    /** What a backup's manifest says, once its signature was verified; {@code TARGET_NOT_FOUND} where no place has it. Changes nothing. */
    BackupDetail show(Showing request);

    /** Decides what retention would remove from one place, and removes it unless only a plan is asked for. */
    RetentionReceipt prune(Pruning request);

    /** What the buckets hold. Changes nothing. */
    BackupListing list(Listing request);

    /**
     * @param slot when the run began; the backups it takes are named by it
     * @param datastore only this one; absent for all
     * @param all whether policies count that are not due yet
     */
    record Planning(Runbook runbook, Instant slot, Optional<String> datastore, boolean all) {}

    /** @param id unique in the datastore, and sorting by time */
    record Taking(String service, Datastore datastore, BackupPolicy policy, String id) {}

    record Copying(String service, String datastore, BackupPolicy policy, String id, BucketPlace to) {}

    record Verifying(String service, String datastore, BackupPolicy policy, String id, BucketPlace in) {}

    record Showing(String service, String datastore, BackupPolicy policy, String id) {}

    /**
     * @param begun nothing that was begun before and never finished is still being written
     * @param planOnly whether nothing is to be removed
     */
    record Pruning(
            String service, String datastore, BackupPolicy policy, BucketPlace in, Instant begun, boolean planOnly) {}

    /** @param limit how many backups of each policy are listed, the newest ones; all of them are counted */
    record Listing(String service, List<Datastore> datastores, int limit) {
        public Listing {
            datastores = List.copyOf(datastores);
        }
    }
}
