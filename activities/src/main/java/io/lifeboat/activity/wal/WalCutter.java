package io.lifeboat.activity.wal;

import io.lifeboat.activity.database.Lsn;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * Cuts a log into segments. The segment that is not complete yet is kept in memory, because its beginning is stored again with each
 * part of it: one segment, 16 MiB as servers come, is what a receiver needs beside the buffers of one upload.
 */
final class WalCutter {
    private final Duration ship;
    private final Store store;
    private final byte[] bytes;
    private WalSegment segment;
    private int filled;
    private int stored;
    private long waitingSince;

    /** Takes the first bytes of a segment; durable when it returns. */
    interface Store {
        void store(WalSegment segment, byte[] bytes, int length) throws IOException;
    }

    /** @param stored what is stored before that is not stored in part again */
    WalCutter(WalSegment first, Lsn stored, Duration ship, Store store) {
        this.segment = first;
        this.stored = Math.toIntExact(first.start().bytesTo(stored));
        this.bytes = new byte[Math.toIntExact(first.bytes())];
        this.ship = ship;
        this.store = store;
    }

    /** The position behind the newest byte taken. */
    Lsn position() {
        return new Lsn(segment.start().position() + filled);
    }

    void take(ByteBuffer arrived) throws IOException {
        while (arrived.hasRemaining()) {
            if (filled <= stored) {
                waitingSince = System.nanoTime();
            }
            int some = Math.min(arrived.remaining(), bytes.length - filled);
            arrived.get(bytes, filled, some);
            filled += some;
            if (filled == bytes.length) {
                store.store(segment, bytes, filled);
                segment = segment.next();
                filled = 0;
                stored = 0;
            }
        }
    }

    /**
     * Whether something has waited for the rest of its segment for long enough.
     *
     * @param server up to where the server has written: a segment that is complete there is about to be complete here
     */
    boolean isDue(Lsn server) {
        return filled > stored
                && server.compareTo(segment.end()) < 0
                && System.nanoTime() - waitingSince >= ship.toNanos();
    }

    /** Stores what has arrived of the segment, unless it is stored already. */
    void ship() throws IOException {
        if (filled > stored) {
            store.store(segment, bytes, filled);
            stored = filled;
        }
    }
}
