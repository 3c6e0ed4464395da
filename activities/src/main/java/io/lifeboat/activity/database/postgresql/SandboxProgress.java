package io.lifeboat.activity.database.postgresql;

import io.lifeboat.activity.database.Lsn;
import java.util.Optional;

/**
 * How far a recovery is, for heartbeats.
 *
 * @param bytes of the backup while it is unpacked, of the log while it is replayed
 * @param position in the log that is replayed, to within a segment
 */
public record SandboxProgress(Phase phase, long bytes, Optional<Lsn> position) {
    /** What is being done. */
    public enum Phase {
        UNPACKING,
        COMBINING,
        VERIFYING,
        REPLAYING,
        STARTING
    }
}
