package io.lifeboat.activity.wal;

import io.lifeboat.activity.storage.LargeObjects.Lock;
import io.lifeboat.runbook.BackupPolicy;
import io.lifeboat.runbook.LockPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * For how long the object store refuses to remove a file of a log: as long as the policy's backups, from when it was stored. A part of a
 * segment is never locked, because more of it replaces it.
 */
record WalLock(Lock.Mode mode, Duration period) {
    static Optional<WalLock> of(BackupPolicy policy) {
        return policy.lock().map(lock -> new WalLock(mode(lock), lock.period()));
    }

    private static Lock.Mode mode(LockPolicy lock) {
        return switch (lock.mode()) {
            case GOVERNANCE -> Lock.Mode.GOVERNANCE;
            case COMPLIANCE -> Lock.Mode.COMPLIANCE;
        };
    }

    /** The lock of a file; absent for a part of a segment. */
    static Optional<Lock> of(Optional<WalLock> lock, WalFile file, Instant stored) {
        return file instanceof WalFile.Partial ? Optional.empty() : lock.map(l -> l.from(stored));
    }

    Lock from(Instant stored) {
        return new Lock(mode, stored.plus(period));
    }
}
