package io.lifeboat.activity.wal;

import io.lifeboat.activity.database.Lsn;
import io.lifeboat.activity.storage.LargeObjects.ListedObject;
import io.lifeboat.activity.wal.WalTimeline.Gap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** What the bucket says there is of one system's log. */
final class WalListing {
    private final long segmentBytes;
    private final NavigableMap<Long, Timeline> timelines = new TreeMap<>();

    WalListing(long segmentBytes) {
        this.segmentBytes = segmentBytes;
    }

    /** @param objects of one system */
    static WalListing of(List<ListedObject> objects, WalKeys keys, long segmentBytes) {
        WalListing listing = new WalListing(segmentBytes);
        for (ListedObject object : objects) {
            keys.recorded(object.key())
                    .flatMap(file -> WalFile.parse(file, segmentBytes))
                    .ifPresent(file -> listing.add(file, object.modified()));
        }
        return listing;
    }

    long segmentBytes() {
        return segmentBytes;
    }

    /** Files by the segment's number, each with the time it was stored. */
    private static final class Timeline {
        private final NavigableMap<Long, Stored<WalFile.Full>> full = new TreeMap<>();
        private final NavigableMap<Long, Stored<WalFile.Partial>> partial = new TreeMap<>();
        private boolean history;
    }

    private record Stored<F extends WalFile>(F file, Instant at) {}

    void add(WalFile file, Instant at) {
        Timeline timeline = timelines.computeIfAbsent(file.timeline(), t -> new Timeline());
        switch (file) {
            case WalFile.Full full -> timeline.full.put(full.segment().number(), new Stored<>(full, at));
            case WalFile.Partial partial ->
                timeline.partial.merge(partial.segment().number(), new Stored<>(partial, at), WalListing::longer);
            case WalFile.History history -> timeline.history = true;
        }
    }

    private static Stored<WalFile.Partial> longer(Stored<WalFile.Partial> one, Stored<WalFile.Partial> other) {
        return one.file().length() >= other.file().length() ? one : other;
    }

    boolean hasHistory(long timeline) {
        Timeline held = timelines.get(timeline);
        return held != null && held.history;
    }

    /** The longest part that is stored of a segment. */
    Optional<WalFile.Partial> partial(WalSegment segment) {
        return Optional.ofNullable(timelines.get(segment.timeline()))
                .map(held -> held.partial.get(segment.number()))
                .map(Stored::file);
    }

    /** What there is of each timeline that has any segment, oldest first. */
    List<WalTimeline> timelines() {
        return timelines.values().stream().flatMap(t -> look(t).stream()).toList();
    }

    Optional<WalTimeline> timeline(long number) {
        return timelines().stream().filter(t -> t.timeline() == number).findFirst();
    }

    private static Optional<WalTimeline> look(Timeline held) {
        NavigableMap<Long, Stored<? extends WalFile>> newest = new TreeMap<>(held.partial);
        newest.putAll(held.full);
        if (newest.isEmpty()) {
            return Optional.empty();
        }
        Stored<? extends WalFile> last = newest.lastEntry().getValue();
        return Optional.of(new WalTimeline(
                last.file().timeline(),
                segment(newest.firstEntry().getValue().file()),
                segment(last.file()),
                gaps(held, newest.firstKey(), newest.lastKey(), segment(last.file())),
                end(last.file()),
                last.at()));
    }

    /** A part of a segment is no gap only where the archive ends. */
    private static List<Gap> gaps(Timeline held, long first, long last, WalSegment like) {
        List<Gap> gaps = new ArrayList<>();
        long expected = first;
        List<Long> present = new ArrayList<>(held.full.keySet());
        if (!held.full.containsKey(last)) {
            present.add(last);
        }
        for (long number : present) {
            if (number > expected) {
                gaps.add(new Gap(at(like, expected), at(like, number - 1)));
            }
            expected = number + 1;
        }
        return gaps;
    }

    private static WalSegment at(WalSegment like, long number) {
        return new WalSegment(like.timeline(), number, like.bytes());
    }

    private static WalSegment segment(WalFile file) {
        return switch (file) {
            case WalFile.Full full -> full.segment();
            case WalFile.Partial partial -> partial.segment();
            case WalFile.History history -> throw new IllegalArgumentException(history.name() + " is no segment");
        };
    }

    private static Lsn end(WalFile file) {
        return file instanceof WalFile.Partial partial
                ? partial.end()
                : segment(file).end();
    }
}
