package io.lifeboat.activity.wal;

import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.BackupException.Kind;
import io.lifeboat.activity.backup.BackupPlace;
import io.lifeboat.activity.database.Lsn;
import io.lifeboat.activity.encryption.CannotOpenException;
import io.lifeboat.activity.encryption.Encryption;
import io.lifeboat.activity.encryption.NoFittingKeyException;
import io.lifeboat.activity.manifest.EnvelopeSeal;
import io.lifeboat.activity.manifest.UntrustedManifestException;
import io.lifeboat.activity.storage.LargeObjects;
import io.lifeboat.activity.storage.LargeObjects.ListedObject;
import io.lifeboat.activity.stream.SealedInput;
import io.lifeboat.workflow.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is stored of a datastore's log. A file exists when its signed record does; what is fetched is compared with it, byte for byte.
 * Calls fail with {@code UNAVAILABLE} when the store does not answer.
 */
public final class WalArchive {
    private static final long USUAL_SEGMENT_BYTES = 16 << 20;

    private final BackupPlace place;
    private final WalKeys keys;
    private final LargeObjects store;
    private final Encryption encryption;
    private final EnvelopeSeal seal;

    /** @param stores the object store of each region */
    public WalArchive(
            Function<String, LargeObjects> stores, BackupPlace place, Encryption encryption, EnvelopeSeal seal) {
        this.place = place;
        this.keys = new WalKeys(place);
        this.store = stores.apply(place.region());
        this.encryption = encryption;
        this.seal = seal;
    }

    /** The identifiers of the systems whose log is there; more than one only if somebody put it there by hand. */
    public List<String> systems() {
        return systems(store.list(place.bucket(), keys.prefix()));
    }

    private List<String> systems(List<ListedObject> objects) {
        return objects.stream()
                .map(object -> object.key().substring(keys.prefix().length()))
                .filter(rest -> rest.indexOf('/') > 0)
                .map(rest -> rest.substring(0, rest.indexOf('/')))
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
        Optional<WalRecord> record = record(systemIdentifier, file).or(() -> newestPart(systemIdentifier, file));
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
     * The small history files stay.
     *
     * @return the names of the segments removed, oldest first
     */
    public List<String> removeBefore(String systemIdentifier, Lsn needed) {
        List<ListedObject> objects = objects(systemIdentifier);
        return new WalRemoval(store, place.bucket(), keys)
                .before(objects, needed, segmentBytes(systemIdentifier, objects));
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
                    .flatMap(part -> record(systemIdentifier, part.name()))
                    .or(() -> record(systemIdentifier, file));
        }
        throw corrupt(
                file,
                "it is missing, and the archive goes on to " + timeline.get().last() + "; recovery cannot pass it");
    }

    private void write(WalRecord record, OutputStream target) throws IOException {
        String key = keys.folder(record.systemIdentifier(), Long.parseLong(record.file(), 0, 8, 16)) + record.object();
        try (InputStream stored = store.open(place.bucket(), key);
                InputStream plain = new SealedInput(encryption, stored, record.sums())) {
            plain.transferTo(target);
        } catch (NoFittingKeyException e) {
            throw new BackupException(
                    Kind.PRECONDITION,
                    "Cannot open " + words(record.file()) + ": " + e.getMessage() + ". It is sealed for "
                            + record.holders() + "; give the worker the key of one of them.");
        } catch (CannotOpenException e) {
            throw corrupt(record.file(), String.valueOf(e.getMessage()));
        } catch (ApplicationFailure e) {
            if (FailureType.TARGET_NOT_FOUND.is(e)) {
                throw corrupt(record.file(), "its record is there, but its bytes are not");
            }
            throw e;
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

    private Optional<WalRecord> record(String systemIdentifier, String file) {
        Optional<byte[]> envelope = envelope(systemIdentifier, file);
        try {
            return envelope.isPresent()
                    ? Optional.of(trusted(systemIdentifier, file, envelope.get()))
                    : Optional.empty();
        } catch (UntrustedManifestException e) {
            throw corrupt(file, "its record cannot be trusted: " + e.getMessage());
        }
    }

    private Optional<WalRecord> readable(String systemIdentifier, String file) {
        Optional<byte[]> envelope = envelope(systemIdentifier, file);
        try {
            return envelope.isPresent()
                    ? Optional.of(trusted(systemIdentifier, file, envelope.get()))
                    : Optional.empty();
        } catch (UntrustedManifestException damaged) {
            return Optional.empty();
        }
    }

    private Optional<byte[]> envelope(String systemIdentifier, String file) {
        try (InputStream stored = store.open(place.bucket(), keys.record(systemIdentifier, file))) {
            return Optional.of(stored.readAllBytes());
        } catch (ApplicationFailure e) {
            if (FailureType.TARGET_NOT_FOUND.is(e)) {
                return Optional.empty();
            }
            throw e;
        } catch (IOException e) {
            throw new BackupException(Kind.UNAVAILABLE, "Cannot read the record of " + words(file) + ": it broke off.");
        }
    }

    private WalRecord trusted(String systemIdentifier, String file, byte[] envelope) throws UntrustedManifestException {
        WalRecord record = seal.open(WalRecord.TYPE, envelope, WalRecord.class);
        boolean fits = record.schemaVersion() == WalRecord.SCHEMA_VERSION
                && record.service().equals(place.service())
                && record.datastore().equals(place.datastore())
                && record.systemIdentifier().equals(systemIdentifier)
                && record.file().equals(file);
        if (fits) {
            return record;
        }
        throw new UntrustedManifestException(
                "it is signed, but it is of version " + record.schemaVersion() + " and of " + record.file() + " of "
                        + record.service() + "/" + record.datastore() + ", system " + record.systemIdentifier());
    }

    private WalListing listing(String systemIdentifier) {
        List<ListedObject> objects = objects(systemIdentifier);
        return listing(objects, segmentBytes(systemIdentifier, objects));
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
        return listing(objects, segmentBytes);
    }

    private WalListing listing(List<ListedObject> objects, long segmentBytes) {
        WalListing listing = new WalListing(segmentBytes);
        for (ListedObject object : objects) {
            keys.recorded(object.key())
                    .flatMap(file -> WalFile.parse(file, segmentBytes))
                    .ifPresent(file -> listing.add(file, object.modified()));
        }
        return listing;
    }

    WalWriter writer(String systemIdentifier, long segmentBytes) {
        return new WalWriter(store, place, encryption, seal, systemIdentifier, segmentBytes);
    }

    private List<ListedObject> objects(String systemIdentifier) {
        return store.list(place.bucket(), keys.system(systemIdentifier));
    }

    /** Any trusted record tells the size, which a cluster keeps for life; where there is none, nothing else is read either. */
    private long segmentBytes(String systemIdentifier, List<ListedObject> objects) {
        return objects.stream()
                .flatMap(object -> keys.recorded(object.key()).stream())
                .flatMap(file -> readable(systemIdentifier, file).stream())
                .findFirst()
                .map(WalRecord::segmentBytes)
                .orElse(USUAL_SEGMENT_BYTES);
    }

    private String words(String file) {
        return "WAL file " + file + " of " + place.service() + "/" + place.datastore() + " in " + place.region();
    }

    private BackupException corrupt(String file, String what) {
        return new BackupException(
                Kind.CORRUPT,
                "Cannot use " + words(file) + ": " + what
                        + ". Recover to a moment before it, or from a base backup that is newer.");
    }
}
