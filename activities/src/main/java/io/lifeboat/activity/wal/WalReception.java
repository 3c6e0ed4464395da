package io.lifeboat.activity.wal;

import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.BackupException.Kind;
import io.lifeboat.activity.database.DatabaseException;
import io.lifeboat.activity.database.DatabaseInstance;
import io.lifeboat.activity.database.Lsn;
import io.lifeboat.activity.wal.WalServer.Identity;
import io.lifeboat.activity.wal.WalServer.Session;
import io.lifeboat.activity.wal.WalServer.Slot;
import io.lifeboat.activity.wal.WalServer.Stream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** One connection's worth of receiving: one timeline, from the newest stored position on, until it ends or something fails. */
final class WalReception {
    private static final Duration BOUND = Duration.ofSeconds(10);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    private final WalServer server;
    private final DatabaseInstance instance;
    private final String slot;
    private final WalArchive archive;
    private final Duration ship;
    private final AtomicReference<WalStatus> status;
    private final Consumer<WalLeg> begun;

    /**
     * @param ship how long what has arrived may wait for the rest of its segment
     * @param begun told when bytes come in
     */
    WalReception(
            WalServer server,
            DatabaseInstance instance,
            String slot,
            WalArchive archive,
            Duration ship,
            AtomicReference<WalStatus> status,
            Consumer<WalLeg> begun) {
        this.server = server;
        this.instance = instance;
        this.slot = slot;
        this.archive = archive;
        this.ship = ship;
        this.status = status;
        this.begun = begun;
    }

    /**
     * Returns when the server has left the timeline.
     *
     * @param acrossGap begin where the slot does, whatever is missing between that and the archive
     */
    void run(boolean acrossGap) throws IOException, InterruptedException {
        Optional<Slot> known = look();
        if (known.filter(Slot::active).isPresent()) {
            throw new DatabaseException(
                    DatabaseException.Kind.BUSY,
                    "another worker receives, replication slot \"" + slot + "\" is in use");
        }
        try (Session session = server.connect(instance, BOUND)) {
            Identity identity = session.identity();
            WalListing stored = archive.listing(identity.systemIdentifier(), identity.segmentBytes());
            if (known.isEmpty()) {
                session.createSlot(slot);
                known = look();
            }
            TimelineHistory history = history(session, identity, stored);
            Lsn oldest = known.flatMap(Slot::restart).orElse(identity.position());
            WalLeg leg = acrossGap
                    ? WalLeg.beginning(history, history.at(oldest), oldest, identity.segmentBytes())
                    : WalLeg.next(stored, history, oldest, identity.segmentBytes());
            try {
                requireReachable(leg, identity, known);
                receive(session, identity, leg);
            } catch (WalRemovedException e) {
                if (!acrossGap) {
                    requireNotAccepted(identity, stored);
                }
                throw missing(leg, identity, oldest, "the server no longer has it");
            }
        }
    }

    private Optional<Slot> look() {
        Optional<Slot> seen = server.slot(instance, slot, BOUND);
        status.updateAndGet(s -> s.seen(seen));
        return seen;
    }

    private TimelineHistory history(Session session, Identity identity, WalListing stored) throws IOException {
        if (identity.timeline() == 1) {
            return new TimelineHistory(1, List.of());
        }
        byte[] file = session.history(identity.timeline());
        if (!stored.hasHistory(identity.timeline())) {
            archive.writer(identity.systemIdentifier(), identity.segmentBytes()).history(identity.timeline(), file);
        }
        return TimelineHistory.parse(identity.timeline(), file);
    }

    private void requireReachable(WalLeg leg, Identity identity, Optional<Slot> known) {
        if (known.filter(s -> s.walStatus().equals("lost")).isPresent()) {
            throw missing(
                    leg,
                    identity,
                    identity.position(),
                    "replication slot \"" + slot
                            + "\" has lost it, because max_slot_wal_keep_size was reached; drop the slot");
        }
        if (leg.from().compareTo(identity.position()) > 0) {
            throw new DatabaseException(
                    DatabaseException.Kind.UNREACHABLE,
                    "the server has come to " + identity.position() + ", and the archive is at " + leg.stored()
                            + " already");
        }
    }

    /** Somebody may have accepted that the log is missing from where the archive ends. */
    private void requireNotAccepted(Identity identity, WalListing stored) throws IOException {
        if (!stored.timelines().isEmpty()) {
            WalTimeline newest = stored.timelines().getLast();
            Optional<String> by =
                    archive.gaps().acceptedBy(identity.systemIdentifier(), newest.timeline(), newest.position());
            if (by.isPresent()) {
                throw new GapAcceptedException(by.get());
            }
        }
    }

    /**
     * Never a gap without a word; but another worker may have stored meanwhile what seems to be missing, and the slot let it go.
     */
    private RuntimeException missing(WalLeg leg, Identity identity, Lsn oldest, String why) {
        WalListing now = archive.listing(identity.systemIdentifier(), identity.segmentBytes());
        boolean storedMeanwhile = now.timeline(leg.timeline())
                .filter(t -> t.position().compareTo(leg.stored()) > 0)
                .isPresent();
        if (storedMeanwhile) {
            return new DatabaseException(DatabaseException.Kind.BUSY, "another worker has received meanwhile");
        }
        return new BackupException(
                Kind.PRECONDITION,
                "Cannot go on with the log of " + instance.name() + " on timeline " + leg.timeline() + ": it is missing"
                        + " from " + leg.stored() + " to "
                        + WalSegment.containing(leg.timeline(), oldest, identity.segmentBytes())
                                .start()
                        + ", and " + why
                        + ". Accept the gap with `lifeboat backups accept-gap`, so that the log is received from now on, and"
                        + " take a new base backup at once.");
    }

    private void receive(Session session, Identity identity, WalLeg leg) throws IOException, InterruptedException {
        WalWriter writer = archive.writer(identity.systemIdentifier(), identity.segmentBytes());
        Stream stream = session.stream(slot, leg.timeline(), leg.from());
        begun.accept(leg);
        writer.abandonStaleUploads(Instant.now());
        WalCutter cutter = new WalCutter(
                WalSegment.containing(leg.timeline(), leg.from(), identity.segmentBytes()),
                leg.stored(),
                ship,
                (s, b, n) -> {
                    writer.segment(s, b, n);
                    Lsn stored = new Lsn(s.start().position() + n);
                    stream.confirm(stored);
                    status.updateAndGet(now -> now.stored(stored, Instant.now()));
                });
        long nextLook = System.nanoTime() + LOOK_EVERY.toNanos();
        while (!leg.isOver(cutter.position())) {
            Optional<ByteBuffer> arrived = stream.read();
            if (arrived.isPresent()) {
                cutter.take(leg.upToEnd(arrived.get(), cutter.position()));
            }
            if (cutter.isDue(stream.serverPosition()) || stream.confirmationWanted()) {
                cutter.ship();
            }
            status.updateAndGet(s -> s.received(cutter.position(), stream.serverPosition()));
            if (System.nanoTime() - nextLook > 0) {
                if (hasGoneOn(leg)) {
                    return; // where the timeline was left, its history tells the next leg
                }
                nextLook = System.nanoTime() + LOOK_EVERY.toNanos();
            }
        }
        cutter.ship();
    }

    /** Looks at the server beside the stream. That it cannot be looked at is no reason not to receive. */
    private boolean hasGoneOn(WalLeg leg) {
        try {
            look();
            return leg.end().isEmpty() && server.timeline(instance, BOUND) > leg.timeline();
        } catch (DatabaseException e) {
            status.updateAndGet(s -> s.seen(Optional.empty()));
            return false;
        }
    }
}
