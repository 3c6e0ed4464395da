package io.lifeboat.activity.database.postgresql;

import io.lifeboat.activity.database.Lsn;
import java.time.Instant;

/** How far the write-ahead log is replayed after a base backup. */
public sealed interface RecoveryTarget {
    /**
     * Up to a moment on the source's clock.
     *
     * @param inclusive whether a transaction that committed at that very moment is still wanted
     */
    record Time(Instant time, boolean inclusive) implements RecoveryTarget {
        @Override
        public String toString() {
            return "time " + time;
        }
    }

    /**
     * Up to a position in the log.
     *
     * @param inclusive whether the record at that very position is still wanted
     */
    record Position(Lsn lsn, boolean inclusive) implements RecoveryTarget {
        @Override
        public String toString() {
            return "log position " + lsn;
        }
    }

    /** Up to a point that was named with {@code pg_create_restore_point}. */
    record Name(String name) implements RecoveryTarget {
        @Override
        public String toString() {
            return "restore point \"" + name + "\"";
        }
    }

    /** Everything that is archived. */
    record EndOfArchive() implements RecoveryTarget {
        @Override
        public String toString() {
            return "the end of the archived log";
        }
    }

    /** Only what makes the backup consistent. */
    record Immediate() implements RecoveryTarget {
        @Override
        public String toString() {
            return "the end of the backup";
        }
    }
}
