package io.lifeboat.activity.wal;

import io.lifeboat.activity.backup.BackupPlace;
import io.lifeboat.activity.manifest.EnvelopeSeal;
import io.lifeboat.activity.storage.LargeObjects;
import io.lifeboat.activity.storage.LargeObjects.ListedObject;
import io.temporal.failure.ApplicationFailure;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** What there is of a log: what the bucket says. No object is read but one record, once, which tells how large segments are. */
public final class WalCatalog {
    private final Function<String, LargeObjects> stores;
    private final Supplier<EnvelopeSeal> seal;
    private final Map<String, Long> segmentBytes = new ConcurrentHashMap<>();

    /**
     * @param stores the object store of each region
     * @param seal this installation's signature; where it has none, segments are taken to be as large as servers come
     */
    public WalCatalog(Function<String, LargeObjects> stores, Supplier<EnvelopeSeal> seal) {
        this.stores = stores;
        this.seal = seal;
    }

    /** What is in a place, of the system that was received last; empty when there is nothing. */
    public Optional<StoredLog> look(BackupPlace place) {
        WalKeys keys = new WalKeys(place);
        LargeObjects store = stores.apply(place.region());
        List<ListedObject> objects = store.list(place.bucket(), keys.prefix()).stream()
                .filter(object -> keys.isOfSystem(object.key()))
                .toList();
        return objects.stream()
                .max(Comparator.comparing(ListedObject::modified))
                .map(newest -> keys.systemOf(newest.key()))
                .flatMap(system -> stored(
                        objects.stream()
                                .filter(object -> keys.systemOf(object.key()).equals(system))
                                .toList(),
                        keys,
                        bytesOf(system, keys, store, objects)));
    }

    private static Optional<StoredLog> stored(List<ListedObject> objects, WalKeys keys, long segmentBytes) {
        List<WalTimeline> timelines = WalListing.of(objects, keys, segmentBytes).timelines();
        return timelines.stream()
                .max(Comparator.comparing(WalTimeline::timeline))
                .map(newest -> new StoredLog(
                        newest.timeline(),
                        newest.position(),
                        newest.stored(),
                        timelines.stream()
                                .flatMap(timeline -> timeline.gaps().stream())
                                .mapToLong(WalTimeline.Gap::segments)
                                .sum(),
                        objects.stream().mapToLong(ListedObject::bytes).sum()));
    }

    private long bytesOf(String system, WalKeys keys, LargeObjects store, List<ListedObject> objects) {
        Long known = segmentBytes.get(system);
        if (known != null) {
            return known;
        }
        Optional<Long> told = told(system, keys, store, objects);
        told.ifPresent(bytes -> segmentBytes.put(system, bytes));
        return told.orElse(WalSegment.USUAL_BYTES);
    }

    private Optional<Long> told(String system, WalKeys keys, LargeObjects store, List<ListedObject> objects) {
        EnvelopeSeal known;
        try {
            known = seal.get();
        } catch (ApplicationFailure none) {
            return Optional.empty();
        }
        WalRecords records = new WalRecords(keys.place(), keys, store, known);
        return objects.stream()
                .filter(object -> keys.systemOf(object.key()).equals(system))
                .flatMap(object -> keys.recorded(object.key()).stream())
                .flatMap(file -> records.readable(system, file).stream())
                .findFirst()
                .map(WalRecord::segmentBytes);
    }
}
