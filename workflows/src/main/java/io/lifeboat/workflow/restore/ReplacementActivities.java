package io.lifeboat.workflow.restore;

import io.lifeboat.runbook.Datastore;
import io.lifeboat.runbook.SmokeTest;
import io.lifeboat.workflow.epoch.Epoch;
import io.temporal.activity.ActivityInterface;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Restores a datastore of production: into a copy beside it first, which then takes its place. Nothing is overwritten, ever. Calls
 * fail with {@code STALE_EPOCH} where another run holds the service, with {@code BACKUP_CORRUPT} where the backup or the restored copy
 * is not as it must be, with {@code PRECONDITION_FAILED} where somebody has to change something first, and with {@code UNAVAILABLE} for
 * what may work later.
 */
@ActivityInterface(namePrefix = "Replacement_")
public interface ReplacementActivities {
    /** Finds what to restore from. Changes nothing. */
    RestorePoint choose(Choosing request);

    /** Restores into a new database beside the service's own and checks it there. Heartbeats. Again, it begins anew. */
    ReplacementReceipt build(Building request);

    /** Sets the damaged database aside and puts the copy in its place; both refuse connections. Again, it changes nothing. */
    ExchangeReceipt exchange(Replacement request);

    /** Puts the damaged database back in its place. Tolerates that it never left it. */
    ExchangeReceipt exchangeBack(Replacement request);

    /** Removes the copy. Tolerates that there is none. */
    ExchangeReceipt drop(Replacement request);

    /**
     * @param id this backup; absent for the newest that is proven, or with a moment the newest that can go back to it
     * @param at a moment to go back to
     */
    record Choosing(String service, Datastore datastore, Optional<String> id, Optional<Instant> at) {}

    /** Which datastore is replaced, by the run that holds the epoch. */
    record Replacement(Epoch epoch, Datastore datastore, String region) {}

    /**
     * @param mark where the archived log has to reach; absent where the backup's own state is restored
     * @param checks SQL smoke tests of the datastore, asked of the copy
     */
    record Building(
            Replacement replacement, RestorePoint point, Optional<MarkReceipt> mark, List<SmokeTest.Sql> checks) {
        public Building {
            checks = List.copyOf(checks);
        }
    }
}
