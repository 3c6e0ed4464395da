package io.lifeboat.activity.database;

/** What an instance is, seen from outside at one moment. */
public sealed interface DatabaseLook {
    /** One clause for a report or a message, without secrets. */
    String detail();

    /** @param detail why it could not be asked; says nothing about whether it runs */
    record Unreachable(String detail) implements DatabaseLook {}

    /**
     * It is not in recovery.
     *
     * @param written last position written to disk
     * @param begins position at which its timeline began for this server, the last it replayed before it was promoted
     * @param accepting whether the service's database accepts connections, in other words no database fence is up
     */
    record Primary(long systemIdentifier, long timeline, Lsn written, Lsn begins, boolean accepting)
            implements DatabaseLook {
        @Override
        public String detail() {
            return "timeline " + timeline + ", written up to " + written
                    + (accepting ? "" : ", accepts no connections (fenced)");
        }
    }

    /**
     * It is in recovery.
     *
     * @param received last position of the log it has on disk; may lie within a record
     * @param replayed end of the last record it has replayed
     * @param streaming whether it is connected to a primary now
     * @param replay what its replay does now
     * @param replayPaused whether a person has paused the replay
     */
    record Standby(
            long systemIdentifier,
            long timeline,
            Lsn received,
            Lsn replayed,
            boolean streaming,
            Replay replay,
            boolean replayPaused,
            boolean accepting)
            implements DatabaseLook {
        @Override
        public String detail() {
            return "timeline " + timeline + ", received " + received + ", replayed " + replayed
                    + (streaming ? ", streaming" : ", not streaming") + (replayPaused ? ", replay paused" : "")
                    + (accepting ? "" : ", accepts no connections (fenced)")
                    + (replay == Replay.NOT_SEEN ? "; " + Replay.NOT_SEEN_ADVICE : "");
        }

        /**
         * Whether it still replays what it has received. A primary that is lost while it writes leaves a part of a record as the last
         * that was received, which nobody will ever replay.
         */
        public boolean replaying() {
            return replayed.compareTo(received) < 0 && replay != Replay.AWAITS_LOG;
        }
    }

    /** What the replay of a standby does at one moment. */
    enum Replay {
        /** It waits for log that it does not have. */
        AWAITS_LOG,
        /** It replays, or waits for something else. */
        BUSY,
        /** The role may not see it. */
        NOT_SEEN;

        /** What is to be done where it is not seen, and why; one clause. */
        public static final String NOT_SEEN_ADVICE = "Lifeboat's role may not see what its replay waits for, and would"
                + " not promote it with a torn last record: grant it pg_read_all_stats";
    }
}
