package io.lifeboat.workflow.restore;

import io.lifeboat.runbook.BackupPolicy;
import io.lifeboat.runbook.Datastore;
import io.lifeboat.runbook.SmokeTest;
import io.temporal.activity.ActivityInterface;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Restores into an isolated instance, and what has to be true before and after. Calls fail with {@code PRECONDITION_FAILED} where
 * the backup cannot go back to the moment asked for, with {@code BACKUP_CORRUPT} where it or its log is damaged or the restored copy is
 * not as it must be, and with {@code UNAVAILABLE} for what may work later.
 */
@ActivityInterface(namePrefix = "Restore_")
public interface RestoreActivities {
    /** Finds the backup to restore. Changes nothing. */
    ChosenBackup choose(Choosing request);

    /** Writes a marker into the primary before and one after the target, so that an idle database reaches it as well. */
    MarkReceipt mark(Marking request);

    /** Waits until the archive holds the log up to a position. Heartbeats. */
    ArchiveReceipt awaitArchived(Archived request);

    /**
     * Recovers the backup in an isolated instance on the worker, checks it there, and destroys it, whatever comes out. Heartbeats with
     * how far it is. A second attempt clears away what the first left.
     */
    RecoveryReceipt recover(Recovering request);

    /** Writes the proof beside the backup, in every place that answers. Again, it adds nothing. */
    ProofReceipt prove(Proving request);

    /** Removes the log that no base backup needs any more. */
    TrimReceipt trim(Trimming request);

    /**
     * @param id this one; absent for the newest that can go back to {@code at}
     * @param older how many newer ones are passed over
     */
    record Choosing(
            String service,
            Datastore datastore,
            BackupPolicy policy,
            Optional<String> id,
            Optional<Instant> at,
            int older) {}

    /**
     * @param run unique name of the run, the pulse's name of its markers
     * @param at the target; absent to choose one between two markers
     */
    record Marking(Datastore datastore, String run, Optional<Instant> at) {}

    record Archived(
            String service,
            String datastore,
            BackupPolicy policy,
            String systemIdentifier,
            long timeline,
            String position,
            Optional<String> segment) {}

    /**
     * @param target the moment to go back to; absent for the earliest the backup knows, which needs no archived log
     * @param checks SQL smoke tests of the datastore, asked of the isolated instance
     */
    record Recovering(
            String service,
            Datastore datastore,
            BackupPolicy policy,
            ChosenBackup backup,
            String run,
            Optional<MarkReceipt> target,
            List<SmokeTest.Sql> checks) {
        public Recovering {
            checks = List.copyOf(checks);
        }
    }

    /** @param proven when the restore began that proved it */
    record Proving(String service, String datastore, BackupPolicy policy, String id, String run, Instant proven) {}

    record Trimming(String service, String datastore, BackupPolicy policy, String systemIdentifier) {}
}
