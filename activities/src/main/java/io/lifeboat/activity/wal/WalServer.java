package io.lifeboat.activity.wal;

import io.lifeboat.activity.database.DatabaseException;
import io.lifeboat.activity.database.DatabaseInstance;
import io.lifeboat.activity.database.Lsn;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/**
 * A server that sends its log, a primary or a standby. What goes wrong is a {@link DatabaseException}; {@code BUSY} says that another
 * receiver has the slot. Every call is bounded.
 */
public interface WalServer {
    /** Looks at a replication slot; absent when the server has none of that name. */
    Optional<Slot> slot(DatabaseInstance instance, String name, Duration bound);

    /** The timeline the server is on, which no stream of an older one tells. */
    long timeline(DatabaseInstance instance, Duration bound);

    /** @param bound of connecting, and of each call afterwards */
    Session connect(DatabaseInstance instance, Duration bound);

    /**
     * A slot, which keeps what its receiver has not confirmed.
     *
     * @param active whether a receiver has it
     * @param restart the oldest position it keeps; absent when it keeps nothing
     * @param retainedBytes how much of the log that is
     * @param walStatus {@code reserved}, {@code extended}, {@code unreserved} or {@code lost}, as the server says
     * @param safeBytes how much may still be written before the slot may lose what it keeps; absent when there is no limit
     */
    record Slot(
            boolean active, Optional<Lsn> restart, long retainedBytes, String walStatus, Optional<Long> safeBytes) {}

    /** @param position up to which its log is durable on the server */
    record Identity(String systemIdentifier, long timeline, Lsn position, long segmentBytes) {}

    /** A connection for replication. */
    interface Session extends AutoCloseable {
        Identity identity();

        /** The history file of a timeline later than the first. */
        byte[] history(long timeline);

        /** Makes a slot that keeps the log from now on. */
        void createSlot(String name);

        /** Begins to receive; the session is good for nothing else afterwards. */
        Stream stream(String slot, long timeline, Lsn from);

        @Override
        void close();
    }

    /** A log that comes in. */
    interface Stream {
        /**
         * The next bytes, directly behind those before; absent when there is nothing new at the moment.
         *
         * @throws WalRemovedException when the server has them no more
         */
        Optional<ByteBuffer> read() throws InterruptedException;

        /** Lets the slot give up what is before a position. */
        void confirm(Lsn stored);

        /** Up to where the server has written, as far as it has told. */
        Lsn serverPosition();

        /** Whether the server waits for a confirmation of all it has sent, as it does before it shuts down. */
        boolean confirmationWanted();
    }
}
