package io.lifeboat.activity.wal;

import io.lifeboat.activity.database.Lsn;
import io.lifeboat.activity.storage.LargeObjects;
import io.lifeboat.activity.storage.LargeObjects.ListedObject;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Removes files: each one's record first, so that what is half removed does not exist, and then all bytes ever stored for it. */
final class WalRemoval {
    private final LargeObjects store;
    private final String bucket;
    private final WalKeys keys;

    WalRemoval(LargeObjects store, String bucket, WalKeys keys) {
        this.store = store;
        this.bucket = bucket;
        this.keys = keys;
    }

    /**
     * Removes the segments that end at or before a position, oldest first, up to the first that is locked: no gap is made.
     *
     * @param objects of one system
     * @param locked whether the store would refuse to remove an object
     * @return the names of the segments removed
     */
    List<String> before(List<ListedObject> objects, Lsn needed, long segmentBytes, Predicate<ListedObject> locked) {
        Set<String> kept = objects.stream()
                .filter(locked)
                .map(object -> keys.file(object.key()))
                .collect(Collectors.toSet());
        Comparator<String> oldestFirst = Comparator.comparing(name -> name.substring(8));
        List<String> removed = objects.stream()
                .map(object -> keys.file(object.key()))
                .filter(file -> segment(file, segmentBytes)
                        .filter(s -> s.end().compareTo(needed) <= 0)
                        .isPresent())
                .map(file -> file.substring(0, 24))
                .distinct()
                .sorted(oldestFirst.thenComparing(Comparator.naturalOrder()))
                .takeWhile(segment -> !kept.contains(segment))
                .toList();
        for (String segment : removed) {
            remove(objects.stream()
                    .filter(object -> keys.file(object.key()).startsWith(segment))
                    .map(ListedObject::key));
        }
        return removed;
    }

    /** Removes the stored parts of a segment that are shorter than what is stored of it now. */
    void parts(String systemIdentifier, WalSegment segment, long shorterThan) {
        Predicate<String> superseded = key -> WalFile.parse(keys.file(key), segment.bytes())
                .filter(file -> file instanceof WalFile.Partial part && part.length() < shorterThan)
                .isPresent();
        remove(store.list(bucket, keys.folder(systemIdentifier, segment.timeline()) + segment.name() + ".").stream()
                .map(ListedObject::key)
                .filter(superseded));
    }

    private void remove(Stream<String> all) {
        all.sorted(Comparator.comparing((String key) -> keys.recorded(key).isEmpty()))
                .toList()
                .forEach(key -> store.delete(bucket, key));
    }

    private static Optional<WalSegment> segment(String file, long segmentBytes) {
        return WalFile.parse(file, segmentBytes).flatMap(WalFile::ofSegment);
    }
}
