package io.lifeboat.activity.wal;

import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.BackupException.Kind;
import io.lifeboat.activity.backup.BackupPlace;
import io.lifeboat.activity.database.Lsn;
import io.lifeboat.activity.encryption.CannotOpenException;
import io.lifeboat.activity.encryption.Encryption;
import io.lifeboat.activity.encryption.NoFittingKeyException;
import io.lifeboat.activity.manifest.EnvelopeSeal;
import io.lifeboat.activity.storage.LargeObjects;
import io.lifeboat.activity.storage.LargeObjects.ListedObject;
import io.lifeboat.activity.stream.PlainComparison;
import io.lifeboat.activity.stream.SealedInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is stored of a datastore's log. A file exists when its signed record does; what is fetched is compared with it, byte for byte.
 * Calls fail with {@code UNAVAILABLE} when the store does not answer.
 */
public final class WalArchive {
    private final BackupPlace place;
    private final WalKeys keys;
    private final LargeObjects store;
    private final Encryption encryption;
    private final EnvelopeSeal seal;
    private final WalRecords records;
    private final Optional<WalLock> lock;
    private final WalStored told;

    /** @param stores the object store of each region */
    public WalArchive(
            Function<String, LargeObjects> stores, BackupPlace place, Encryption encryption, EnvelopeSeal seal) {
        this(stores, place, encryption, seal, Optional.empty(), (system, file) -> {});
    }

    /**
     * @param lock what is stored may not be removed for so long; absent where it may
     * @param told of each file that a writer of this has stored
     */
    WalArchive(
            Function<String, LargeObjects> stores,
            BackupPlace place,
            Encryption encryption,
            EnvelopeSeal seal,
            Optional<WalLock> lock,
            WalStored told) {
        this.place = place;
        this.keys = new WalKeys(place);
        this.store = stores.apply(place.region());
        this.encryption = encryption;
        this.seal = seal;
        this.records = new WalRecords(place, keys, store, seal);
        this.lock = lock;
        this.told = told;
    }

    /** The identifiers of the systems whose log is there; more than one only if somebody put it there by hand. */
    public List<String> systems() {
        return systems(store.list(place.bucket(), keys.prefix()));
    }

    private List<String> systems(List<ListedObject> objects) {
        return objects.stream()
                .map(ListedObject::key)
                .filter(keys::isOfSystem)
                .map(keys::systemOf)
                .distinct()
                .toList();
    }

    /** What is there of each timeline of a system, oldest first. */
    public List<WalTimeline> timelines(String systemIdentifier) {
        return listing(systemIdentifier).timelines();
    }

    /**
     * Writes a segment or a {@code .history} file as the server had it. A segment that is stored in part, which only the newest one of
     * a timeline may be, is filled up with zeros: recovery stops there.
     *
     * @param file the name the server asks for it by
     * @return false when the archive ends before that file, begins behind it, or keeps no files of that kind
     * @throws BackupException {@code CORRUPT} when it is missing between others, or what is stored is not what was received; something
     *     may have been written by then
     */
    public boolean fetch(String systemIdentifier, String file, OutputStream target) throws IOException {
        if (!file.matches("[0-9A-F]{24}|[0-9A-F]{8}\\.history")) {
            return false;
        }
        Optional<WalRecord> record = records.find(systemIdentifier, file)
                .map(WalRecords.Signed::record)
                .or(() -> newestPart(systemIdentifier, file));
        if (record.isPresent()) {
            write(record.get(), target);
        }
        return record.isPresent();
    }

    /** Like {@link #fetch(String, String, OutputStream)}, into a file, which is there only when all of it was right. */
    public boolean fetch(String systemIdentifier, String file, Path target) throws IOException {
        boolean whole = false;
        try (OutputStream out = Files.newOutputStream(target)) {
            whole = fetch(systemIdentifier, file, out);
        } finally {
            if (!whole) {
                Files.deleteIfExists(target);
            }
        }
        return whole;
    }

    /**
     * Removes the segments, of every timeline, that end at or before a position: the one that the oldest base backup kept begins at.
     * The small history files stay, and so does what is locked.
     *
     * @return the names of the segments removed, oldest first
     */
    public List<String> removeBefore(String systemIdentifier, Lsn needed) {
        List<ListedObject> objects = objects(systemIdentifier);
        return new WalRemoval(store, place.bucket(), keys)
                .before(objects, needed, segmentBytes(systemIdentifier, objects), this::isLocked);
    }

    /**
     * Writes down that its receiver may go on although the log that follows the archive's end is missing.
     *
     * @return the timeline that ends there
     * @throws BackupException {@code PRECONDITION} when the archive holds no log, or that of several systems
     */
    public WalTimeline acceptGap(String by, String reason, Instant at) {
        List<String> systems = systems();
        List<WalTimeline> timelines = systems.size() == 1 ? timelines(systems.getFirst()) : List.of();
        if (timelines.isEmpty()) {
            throw new BackupException(
                    Kind.PRECONDITION,
                    "Cannot accept a gap in the log of " + place.service() + "/" + place.datastore() + " in "
                            + place.region() + ": the archive holds "
                            + (systems.size() > 1 ? "the logs of systems " + String.join(", ", systems) : "no log")
                            + ", so that nobody can say where the gap begins.");
        }
        WalTimeline newest = timelines.getLast();
        gaps().accept(systems.getFirst(), newest.timeline(), newest.position(), by, reason, at);
        return newest;
    }

    WalGaps gaps() {
        return new WalGaps(place, keys, store, seal);
    }

    private boolean isLocked(ListedObject object) {
        Instant now = Instant.now();
        return lock.filter(l -> l.from(object.modified()).until().isAfter(now)).isPresent();
    }

    private Optional<WalRecord> newestPart(String systemIdentifier, String file) {
        WalListing listing = listing(systemIdentifier);
        Optional<WalSegment> segment = WalSegment.parse(file, listing.segmentBytes());
        Optional<WalTimeline> timeline = segment.flatMap(s -> listing.timeline(s.timeline()));
        if (timeline.isEmpty()
                || segment.get().number() < timeline.get().first().number()
                || segment.get().number() > timeline.get().last().number()) {
            return Optional.empty();
        }
        if (segment.get().equals(timeline.get().last())) {
            // It may have become complete since the first look.
            return listing.partial(segment.get())
                    .flatMap(part -> records.find(systemIdentifier, part.name()))
                    .or(() -> records.find(systemIdentifier, file))
                    .map(WalRecords.Signed::record);
        }
        throw records.corrupt(
                file,
                "it is missing, and the archive goes on to " + timeline.get().last() + "; recovery cannot pass it");
    }

    private void write(WalRecord record, OutputStream target) throws IOException {
        try (InputStream stored = records.open(record);
                InputStream plain = new SealedInput(
                        record.file(),
                        encryption.in(record.encryption()),
                        stored,
                        record.sums(),
                        PlainComparison.BY_SUM)) {
            plain.transferTo(target);
        } catch (NoFittingKeyException e) {
            throw new BackupException(
                    Kind.PRECONDITION,
                    "Cannot open " + records.words(record.file()) + ": " + e.getMessage() + ". It is sealed for "
                            + record.holders() + "; give the worker the key of one of them.");
        } catch (CannotOpenException e) {
            throw records.corrupt(record.file(), String.valueOf(e.getMessage()));
        }
        if (!record.file().endsWith(".history")) {
            pad(target, record.segmentBytes() - record.sums().plainBytes());
        }
    }

    private static void pad(OutputStream target, long zeros) throws IOException {
        byte[] block = new byte[1 << 16];
        for (long left = zeros; left > 0; left -= block.length) {
            target.write(block, 0, (int) Math.min(block.length, left));
        }
    }

    private WalListing listing(String systemIdentifier) {
        List<ListedObject> objects = objects(systemIdentifier);
        return WalListing.of(objects, keys, segmentBytes(systemIdentifier, objects));
    }

    /** Refuses where the log of another system is, too: nobody could tell afterwards which of them a base backup needs. */
    WalListing listing(String systemIdentifier, long segmentBytes) {
        List<ListedObject> objects = store.list(place.bucket(), keys.prefix());
        List<String> others = systems(objects).stream()
                .filter(system -> !system.equals(systemIdentifier))
                .toList();
        if (!others.isEmpty()) {
            throw new BackupException(
                    Kind.PRECONDITION,
                    "Cannot archive the log of " + place.service() + "/" + place.datastore() + " in " + place.region()
                            + ": the server is system " + systemIdentifier
                            + ", and the archive holds the log of system "
                            + String.join(", ", others)
                            + ". If the datastore was made anew on purpose, give it a new bucket, or remove \""
                            + keys.system(others.getFirst()) + "\" when no backup needs it any more; if not, it is the"
                            + " wrong server.");
        }
        return WalListing.of(objects, keys, segmentBytes);
    }

    WalWriter writer(String systemIdentifier, long segmentBytes) {
        return new WalWriter(store, place, encryption, seal, systemIdentifier, segmentBytes, lock, told);
    }

    private List<ListedObject> objects(String systemIdentifier) {
        return store.list(place.bucket(), keys.system(systemIdentifier));
    }

    /** Any trusted record tells the size, which a cluster keeps for life; where there is none, nothing else is read either. */
    private long segmentBytes(String systemIdentifier, List<ListedObject> objects) {
        return objects.stream()
                .flatMap(object -> keys.recorded(object.key()).stream())
                .flatMap(file -> records.readable(systemIdentifier, file).stream())
                .findFirst()
                .map(WalRecord::segmentBytes)
                .orElse(WalSegment.USUAL_BYTES);
    }
}
