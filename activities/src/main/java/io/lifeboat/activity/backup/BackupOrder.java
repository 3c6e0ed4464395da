package io.lifeboat.activity.backup;

import io.lifeboat.activity.manifest.Manifest;
import io.lifeboat.activity.storage.LargeObjects.Lock;
import io.lifeboat.runbook.BackupPolicy;
import io.lifeboat.runbook.Increments;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A backup to be taken.
 *
 * @param place where it is written
 * @param id unique in the datastore, and sorting by time
 * @param previous the newest backup before this one
 * @param lock until {@code retainUntil} nobody may remove it; absent where the bucket keeps no locks
 * @param minBytes a backup that stores less is none
 */
public record BackupOrder(
        BackupPlace place,
        String id,
        Optional<Manifest.Previous> previous,
        Instant retainUntil,
        Optional<Lock.Mode> lock,
        long minBytes) {

    /**
     * How long a policy locks a backup. One that others may be based on is locked until the last of those is unlocked: removed before,
     * it would take them with it.
     */
    static Optional<Duration> lockSpan(BackupPolicy policy) {
        Duration others = policy.increments().map(Increments::full).orElse(Duration.ZERO);
        return policy.lock().map(lock -> lock.period().plus(others));
    }

    /** One without predecessor, lock and floor. */
    public static BackupOrder of(BackupPlace place, String id, Instant retainUntil) {
        return new BackupOrder(place, id, Optional.empty(), retainUntil, Optional.empty(), 0);
    }

    BackupOrder lockedBy(Lock.Mode mode) {
        return new BackupOrder(place, id, previous, retainUntil, Optional.of(mode), minBytes);
    }

    BackupOrder atLeast(long bytes) {
        return new BackupOrder(place, id, previous, retainUntil, lock, bytes);
    }

    Optional<Lock> locked() {
        return lock.map(mode -> new Lock(mode, retainUntil));
    }
}
