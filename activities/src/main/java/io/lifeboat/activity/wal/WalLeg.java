package io.lifeboat.activity.wal;

import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.BackupException.Kind;
import io.lifeboat.activity.database.Lsn;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;

/**
 * What is to be received next: one timeline, from a segment's beginning.
 *
 * @param from at or before {@code stored}, so that a segment stored in part is received anew
 * @param end where the server left the timeline; absent for the one it is on
 * @param storedAt when the newest part was; absent when the leg is the archive's first of its timeline
 */
record WalLeg(long timeline, Lsn from, Lsn stored, Optional<Lsn> end, Optional<Instant> storedAt) {
    /**
     * Goes on where the archive ends.
     *
     * @param oldest where to begin when the archive has nothing yet
     */
    static WalLeg next(WalListing archive, TimelineHistory history, Lsn oldest, long segmentBytes) {
        Optional<WalTimeline> newest = newest(archive, history);
        if (newest.isEmpty()) {
            return beginning(history, history.at(oldest), oldest, segmentBytes);
        }
        long timeline = newest.get().timeline();
        Lsn position = newest.get().position();
        Optional<Lsn> end = history.end(timeline);
        if (end.filter(e -> position.compareTo(e) >= 0).isPresent()) {
            return beginning(history, history.after(timeline), end.get(), segmentBytes);
        }
        Lsn from = WalSegment.containing(timeline, position, segmentBytes).start();
        return new WalLeg(
                timeline, from, position, end, Optional.of(newest.get().stored()));
    }

    /** Begins in the middle of a log, at the segment that a position is in. */
    static WalLeg beginning(TimelineHistory history, long timeline, Lsn in, long segmentBytes) {
        Lsn from = WalSegment.containing(timeline, in, segmentBytes).start();
        return new WalLeg(timeline, from, from, history.end(timeline), Optional.empty());
    }

    private static Optional<WalTimeline> newest(WalListing archive, TimelineHistory history) {
        for (WalTimeline timeline : archive.timelines().reversed()) {
            if (timeline.timeline() > history.timeline()) {
                throw new BackupException(
                        Kind.PRECONDITION,
                        "Cannot archive a log: the server is on timeline " + history.timeline()
                                + ", and the archive has timeline " + timeline.timeline()
                                + " already. The server is an old primary that came back; archive the newest one's.");
            }
            if (history.contains(timeline.timeline())) {
                return Optional.of(timeline);
            }
        }
        return Optional.empty();
    }

    boolean isOver(Lsn position) {
        return end.filter(e -> position.compareTo(e) >= 0).isPresent();
    }

    /** The bytes at a position that belong to the timeline. */
    ByteBuffer upToEnd(ByteBuffer bytes, Lsn position) {
        long left = end.map(position::bytesTo).orElse(Long.MAX_VALUE);
        return bytes.slice(bytes.position(), (int) Math.min(bytes.remaining(), left));
    }
}
