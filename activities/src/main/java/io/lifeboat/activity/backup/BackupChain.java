package io.lifeboat.activity.backup;

import io.lifeboat.activity.backup.BackupException.Kind;
import io.lifeboat.activity.backup.BackupTaker.Taken;
import io.lifeboat.activity.backup.DatastoreEngine.Restored;
import io.lifeboat.activity.database.DatabaseInstance;
import io.lifeboat.activity.encryption.CannotOpenException;
import io.lifeboat.activity.encryption.CannotSealException;
import io.lifeboat.activity.encryption.Encryption;
import io.lifeboat.activity.encryption.NoFittingKeyException;
import io.lifeboat.activity.manifest.Manifest;
import io.lifeboat.activity.manifest.Manifest.Content;
import io.lifeboat.activity.manifest.ManifestSeal;
import io.lifeboat.activity.manifest.UntrustedManifestException;
import io.lifeboat.activity.storage.LargeObjects;
import io.lifeboat.activity.storage.LargeObjects.Lock;
import io.lifeboat.activity.storage.Upload;
import io.lifeboat.activity.stream.PlainComparison;
import io.lifeboat.activity.stream.SealedInput;
import io.lifeboat.activity.stream.StoredSum;
import io.lifeboat.workflow.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The one way every backup goes: source, zstd, encryption, multipart upload, and the signed manifest last; and back: manifest verified,
 * and every stored byte compared before it is used. Nothing is kept on disk, and memory does not grow with the data.
 */
public final class BackupChain {
    private final Function<String, LargeObjects> stores;
    private final Encryption encryption;
    private final ManifestSeal seal;
    private final Clock clock;

    /** @param stores the object store of each region */
    public BackupChain(Function<String, LargeObjects> stores, Encryption encryption, ManifestSeal seal, Clock clock) {
        this.stores = stores;
        this.encryption = encryption;
        this.seal = seal;
        this.clock = clock;
    }

    /**
     * Takes a backup. Doing it again under the same id gives the one that is there, and replaces what an earlier attempt left
     * unfinished.
     */
    public Manifest take(BackupTaker taker, DatabaseInstance source, BackupOrder order) {
        BackupPlace place = order.place();
        LargeObjects store = stores.apply(place.region());
        if (!store.list(place.bucket(), place.manifestKey(order.id())).isEmpty()) {
            return manifest(place, order.id());
        }
        try {
            Encryption sealing = encryption.reachable();
            SealedParts parts = new SealedParts(store, place, order.id(), order.locked(), sealing);
            Taken taken = taker.take(source, parts);
            Manifest manifest = new Manifest(
                    Manifest.SCHEMA_VERSION,
                    place.service(),
                    place.datastore(),
                    order.id(),
                    taker.method(),
                    taken.began(),
                    clock.instant(),
                    taken.source(),
                    taken.tools(),
                    sealing.format(),
                    sealing.holders(),
                    parts.written(),
                    taken.contents(),
                    order.previous(),
                    order.retainUntil());
            requireEnough(order, manifest);
            if (manifest.storedElsewhere() > 0) {
                write(
                        store,
                        place.bucket(),
                        place.elsewhereKey(order.id(), manifest.storedElsewhere()),
                        order.locked(),
                        new byte[0]);
            }
            write(store, place.bucket(), place.manifestKey(order.id()), order.locked(), seal.seal(manifest));
            return manifest;
        } catch (CannotSealException e) {
            throw new BackupException(
                    Kind.UNAVAILABLE,
                    "Cannot seal " + place.words(order.id()) + ": " + e.getMessage()
                            + ". It is tried again; where a KMS refuses, mend its key's policy or lifeboat.backups.keys.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An empty dump compresses well and ends without an error. What has changed since another backup may be next to nothing. */
    private static void requireEnough(BackupOrder order, Manifest taken) {
        if (taken.basedOn().isEmpty() && taken.storedBytes() < order.minBytes()) {
            throw new BackupException(
                    Kind.PRECONDITION,
                    "Cannot accept " + order.place().words(order.id()) + ": it has only " + taken.storedBytes()
                            + " bytes, and the runbook's `minSize` is " + order.minBytes()
                            + ". Look at what the source holds; lower `minSize` only if that is right.");
        }
    }

    /** What the next manifest says of a backup before it. */
    public Manifest.Previous reference(BackupPlace place, String id) {
        try (InputStream bytes = new ByteArrayInputStream(envelope(place, id))) {
            return new Manifest.Previous(
                    id, StoredSum.of(bytes, OutputStream.nullOutputStream()).sha256());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(LargeObjects store, String bucket, String key, Optional<Lock> lock, byte[] bytes)
            throws IOException {
        try (Upload upload = store.create(bucket, key, lock)) {
            upload.write(bytes);
            upload.complete();
        }
    }

    /** Reads a backup's manifest and verifies its signature. */
    public Manifest manifest(BackupPlace place, String id) {
        return opened(place, id, envelope(place, id));
    }

    private byte[] envelope(BackupPlace place, String id) {
        try (InputStream stored = stores.apply(place.region()).open(place.bucket(), place.manifestKey(id))) {
            return stored.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Manifest opened(BackupPlace place, String id, byte[] envelope) {
        try {
            return seal.open(envelope, place.service(), place.datastore(), id);
        } catch (UntrustedManifestException e) {
            throw corrupt(place, id, "its manifest cannot be trusted: " + e.getMessage());
        }
    }

    /** Compares every stored byte with the manifest; opens nothing, so that it needs no key. */
    public Manifest verify(BackupPlace place, String id) {
        Manifest manifest = manifest(place, id);
        for (Manifest.Part part : manifest.parts()) {
            try (InputStream stored = open(place, manifest, part)) {
                compare(place, id, part, StoredSum.of(stored, OutputStream.nullOutputStream()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return manifest;
    }

    private static void compare(BackupPlace place, String id, Manifest.Part part, StoredSum seen) {
        StoredSum expected =
                new StoredSum(part.sums().sealedBytes(), part.sums().sealedSha256());
        if (!seen.equals(expected)) {
            throw corrupt(place, id, part.name() + " has " + seen + ", and its manifest says " + expected);
        }
    }

    /**
     * Copies a backup to another place, every byte compared on its way; it exists there only when all of it was as the manifest
     * says. Doing it again replaces what an earlier attempt left.
     */
    public Manifest copy(BackupPlace from, BackupPlace to, String id, Optional<Lock.Mode> lock) {
        byte[] envelope = envelope(from, id);
        Manifest manifest = opened(from, id, envelope);
        Optional<Lock> locked = lock.map(mode -> new Lock(mode, manifest.retainUntil()));
        LargeObjects target = stores.apply(to.region());
        try {
            for (Manifest.Part part : manifest.parts()) {
                String key = to.partKey(id, part.name(), manifest.encryption());
                try (InputStream stored = open(from, manifest, part);
                        Upload upload = target.create(to.bucket(), key, locked)) {
                    compare(from, id, part, StoredSum.of(stored, upload));
                    upload.complete();
                }
            }
            write(target, to.bucket(), to.manifestKey(id), locked, envelope);
            return manifest;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Restores into an empty datastore what was compared with the manifest as it came, and compares the figures of the restored copy
     * with the manifest's. Where a backup turns out to be damaged, some of it may have been restored.
     */
    public Restored restore(DatastoreEngine engine, BackupPlace place, String id, DatabaseInstance target) {
        return open(place, id, (manifest, parts) -> {
            Restored restored = engine.restore(target, manifest, parts);
            requireSame(place, manifest, restored);
            return restored;
        });
    }

    /** Refuses a restored copy whose figures are not the manifest's. */
    public static void requireSame(BackupPlace place, Manifest backup, Restored restored) {
        if (!restored.contents().equals(backup.contents())) {
            throw corrupt(
                    place,
                    backup.id(),
                    "what was restored is not what was backed up: "
                            + difference(backup.contents(), restored.contents()));
        }
    }

    /** What is done with a backup. */
    public interface Reading<T> {
        T read(Manifest verified, StoredParts parts) throws IOException;
    }

    /** Hands a backup to whoever restores it, and each byte of its parts after all up to it were compared with the manifest. */
    public <T> T open(BackupPlace place, String id, Reading<T> reading) {
        Manifest manifest = manifest(place, id);
        try {
            return reading.read(manifest, (name, comparison) -> reading(place, manifest, name, comparison));
        } catch (CannotOpenException e) {
            throw closed(place, manifest, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The parts of one backup among several: whatever cannot be opened is said of this one, as a {@link BackupException}. */
    StoredParts parts(BackupPlace place, Manifest manifest) {
        return (name, comparison) -> {
            try {
                return new NamedInput(reading(place, manifest, name, comparison), e -> closed(place, manifest, e));
            } catch (CannotOpenException e) {
                throw closed(place, manifest, e);
            }
        };
    }

    private static BackupException closed(BackupPlace place, Manifest manifest, CannotOpenException e) {
        return e instanceof NoFittingKeyException
                ? new BackupException(
                        Kind.PRECONDITION,
                        "Cannot open " + place.words(manifest.id()) + ": " + e.getMessage() + ". It is sealed for "
                                + manifest.holders() + "; give the worker the key of one of them.")
                : BackupException.ofStoredBytes(damage(place, manifest.id(), String.valueOf(e.getMessage())));
    }

    private InputStream reading(BackupPlace place, Manifest manifest, String name, PlainComparison comparison)
            throws IOException {
        Manifest.Part part = manifest.parts().stream()
                .filter(p -> p.name().equals(name))
                .findFirst()
                .orElseThrow(() -> corrupt(place, manifest.id(), "it has no part \"" + name + "\""));
        return new SealedInput(
                part.name(),
                encryption.in(manifest.encryption()),
                open(place, manifest, part),
                part.sums(),
                comparison);
    }

    private InputStream open(BackupPlace place, Manifest manifest, Manifest.Part part) throws IOException {
        try {
            return stores.apply(place.region())
                    .open(place.bucket(), place.partKey(manifest.id(), part.name(), manifest.encryption()));
        } catch (ApplicationFailure refused) {
            if (FailureType.TARGET_NOT_FOUND.is(refused)) {
                throw corrupt(place, manifest.id(), part.name() + " is missing");
            }
            throw refused;
        }
    }

    private static String difference(List<Content> expected, List<Content> seen) {
        List<String> differences = new ArrayList<>();
        expected.stream().filter(c -> !seen.contains(c)).forEach(c -> differences.add("expected " + c));
        seen.stream().filter(c -> !expected.contains(c)).forEach(c -> differences.add("found " + c));
        return String.join("; ", differences);
    }

    private static BackupException corrupt(BackupPlace place, String id, String what) {
        return new BackupException(Kind.CORRUPT, damage(place, id, what));
    }

    private static String damage(BackupPlace place, String id, String what) {
        return "Backup " + id + " of " + place.service() + "/" + place.datastore() + " in " + place.region() + ": "
                + what + ". Use its copy in the other region, or another backup.";
    }
}
