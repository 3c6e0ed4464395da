package io.lifeboat.activity.wal;

import io.lifeboat.activity.database.Lsn;
import java.time.Instant;
import java.util.Optional;

/**
 * How far a receiver is. Positions are absent until they are known.
 *
 * @param phase what it does
 * @param timeline it receives, 0 until that is known
 * @param stored everything before is durable in the archive
 * @param storedAt when that was stored
 * @param received everything before has arrived here
 * @param server everything before is written on the server
 * @param slot at the newest look
 * @param error why it does not receive, in words; absent when it does
 */
public record WalStatus(
        Phase phase,
        long timeline,
        Optional<Lsn> stored,
        Optional<Instant> storedAt,
        Optional<Lsn> received,
        Optional<Lsn> server,
        Optional<WalServer.Slot> slot,
        Optional<String> error) {
    /** What a receiver does. */
    public enum Phase {
        STARTING,
        RECEIVING,
        /** Another worker receives. */
        WAITING,
        /** It tries again and again. */
        FAILING
    }

    static final WalStatus NONE = new WalStatus(
            Phase.STARTING,
            0,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** What would be lost if the server were lost now; 0 until both ends are known. */
    public long lagBytes() {
        return stored.flatMap(s -> server.map(s::bytesTo))
                .map(b -> Math.max(0, b))
                .orElse(0L);
    }

    WalStatus in(Phase next, Optional<String> why) {
        return new WalStatus(next, timeline, stored, storedAt, received, server, slot, why);
    }

    WalStatus begun(long next, Lsn storedUpTo, Optional<Instant> at) {
        return new WalStatus(
                Phase.RECEIVING,
                next,
                Optional.of(storedUpTo),
                at,
                Optional.of(storedUpTo),
                server,
                slot,
                Optional.empty());
    }

    WalStatus received(Lsn upTo, Lsn of) {
        return new WalStatus(phase, timeline, stored, storedAt, Optional.of(upTo), Optional.of(of), slot, error);
    }

    WalStatus stored(Lsn upTo, Instant at) {
        return new WalStatus(phase, timeline, Optional.of(upTo), Optional.of(at), received, server, slot, error);
    }

    WalStatus seen(Optional<WalServer.Slot> look) {
        return new WalStatus(phase, timeline, stored, storedAt, received, server, look, error);
    }
}
