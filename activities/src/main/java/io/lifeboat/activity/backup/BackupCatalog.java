package io.lifeboat.activity.backup;

import io.lifeboat.activity.storage.LargeObjects;
import io.lifeboat.activity.storage.LargeObjects.ListedObject;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What backups there are: what the bucket says, and nothing else. Listing reads no object, so that thousands of backups are listed
 * in a few calls; whether one is whole is what {@link BackupChain#verify} finds out.
 */
public final class BackupCatalog {
    private final Function<String, LargeObjects> stores;

    /** @param stores the object store of each region */
    public BackupCatalog(Function<String, LargeObjects> stores) {
        this.stores = stores;
    }

    /**
     * A folder of a datastore's place.
     *
     * @param storedBytes of everything in it, and of what it says is elsewhere
     * @param committed when its manifest was written; absent for one that is under way or was never finished
     * @param lastWritten when its newest object was
     * @param proven when a restore last proved it, as the proofs beside it claim; whether one is signed is seen when it is read
     */
    public record Entry(
            String id, long storedBytes, Optional<Instant> committed, Instant lastWritten, Optional<Instant> proven) {
        /** Whether there is a backup at all (invariant I5). */
        public boolean exists() {
            return committed.isPresent();
        }
    }

    /** The folders of a place, oldest first; one call for a thousand of them. */
    List<String> ids(BackupPlace place) {
        return stores.apply(place.region()).folders(place.bucket(), place.prefix());
    }

    /** Everything in a place, oldest first. */
    public List<Entry> list(BackupPlace place) {
        return entries(place, stores.apply(place.region()).list(place.bucket(), place.prefix()));
    }

    /** The same of neighbours: everything from one folder to another one. */
    List<Entry> list(BackupPlace place, String first, String last) {
        return entries(place, stores.apply(place.region()).list(place.bucket(), place.prefix(), first, last));
    }

    private static List<Entry> entries(BackupPlace place, List<ListedObject> objects) {
        TreeMap<String, Entry> entries = new TreeMap<>();
        for (ListedObject object : objects) {
            String rest = object.key().substring(place.prefix().length());
            int slash = rest.indexOf('/');
            if (slash > 0) {
                String id = rest.substring(0, slash);
                boolean manifest = object.key().equals(place.manifestKey(id));
                entries.merge(id, entry(id, object, manifest), BackupCatalog::both);
            }
        }
        return List.copyOf(entries.values());
    }

    /** The newest backup. */
    public Optional<Entry> newest(BackupPlace place) {
        return list(place).stream().filter(Entry::exists).max(Comparator.comparing(Entry::id));
    }

    private static Entry entry(String id, ListedObject object, boolean manifest) {
        return new Entry(
                id,
                object.bytes() + BackupPlace.elsewhere(object.key()),
                manifest ? Optional.of(object.modified()) : Optional.empty(),
                object.modified(),
                BackupPlace.proven(object.key()));
    }

    private static Entry both(Entry one, Entry other) {
        return new Entry(
                one.id(),
                one.storedBytes() + other.storedBytes(),
                one.committed().or(other::committed),
                one.lastWritten().isAfter(other.lastWritten()) ? one.lastWritten() : other.lastWritten(),
                Stream.of(one.proven(), other.proven())
                        .flatMap(Optional::stream)
                        .max(Comparator.naturalOrder()));
    }
}
