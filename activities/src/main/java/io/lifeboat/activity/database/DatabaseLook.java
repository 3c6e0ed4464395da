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
     * @param streaming whether it is connected to a primary now
     * @param replayPaused whether a person has paused the replay
     */
    record Standby(
            long systemIdentifier,
            long timeline,
            Lsn received,
            Lsn replayed,
            boolean streaming,
            boolean replayPaused,
            boolean accepting)
            implements DatabaseLook {
        @Override
        public String detail() {
            return "timeline " + timeline + ", received " + received + ", replayed " + replayed
                    + (streaming ? ", streaming" : ", not streaming") + (replayPaused ? ", replay paused" : "")
                    + (accepting ? "" : ", accepts no connections (fenced)");
        }

        /** Whether everything received has been replayed. */
        public boolean replayedAll() {
            return replayed.compareTo(received) >= 0;
        }
    }
}
