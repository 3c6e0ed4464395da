package io.lifeboat.activity.wal;

import io.lifeboat.activity.database.Lsn;
import java.time.Instant;
import java.util.List;

/**
 * What the archive holds of one timeline.
 *
 * @param last the newest segment, which may be stored in part
 * @param gaps what is missing between the two; nothing can be recovered across a gap
 * @param position the newest stored position: the archive ends before the byte there
 * @param stored when that was stored; the commits it holds are older
 */
public record WalTimeline(
        long timeline, WalSegment first, WalSegment last, List<Gap> gaps, Lsn position, Instant stored) {
    /** Segments that are missing, the first and the last of them. */
    public record Gap(WalSegment from, WalSegment to) {
        /** How many. */
        long segments() {
            return to.number() - from.number() + 1;
        }

        @Override
        public String toString() {
            return from.equals(to) ? from.name() : from.name() + " to " + to.name();
        }
    }

    public WalTimeline {
        gaps = List.copyOf(gaps);
    }
}
