package io.lifeboat.activity.wal;

import io.lifeboat.activity.backup.BackupPlace;
import io.lifeboat.activity.encryption.CannotSealException;
import io.lifeboat.activity.encryption.Encryption;
import io.lifeboat.activity.manifest.EnvelopeSeal;
import io.lifeboat.activity.manifest.Sums;
import io.lifeboat.activity.storage.LargeObjects;
import io.lifeboat.activity.storage.LargeObjects.Lock;
import io.lifeboat.activity.storage.Upload;
import io.lifeboat.activity.stream.SealedOutput;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stores the files of one system: bytes first, signed record last. When a call returns, the file is durable. Writing a file again
 * replaces it as a whole, even while another worker, which has not noticed yet that it lost the slot, writes the same.
 */
final class WalWriter {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration STALE = Duration.ofHours(1);
    private static final Duration ASK_AGAIN = Duration.ofMinutes(5);

    private final LargeObjects store;
    private final BackupPlace place;
    private final WalKeys keys;
    private final Encryption encryption;
    private final EnvelopeSeal seal;
    private final String systemIdentifier;
    private final long segmentBytes;
    private final Optional<WalLock> lock;
    private final WalStored told;
    private @Nullable Encryption reachable;
    private long asked;

    WalWriter(
            LargeObjects store,
            BackupPlace place,
            Encryption encryption,
            EnvelopeSeal seal,
            String systemIdentifier,
            long segmentBytes,
            Optional<WalLock> lock,
            WalStored told) {
        this.store = store;
        this.place = place;
        this.keys = new WalKeys(place);
        this.encryption = encryption;
        this.seal = seal;
        this.systemIdentifier = systemIdentifier;
        this.segmentBytes = segmentBytes;
        this.lock = lock;
        this.told = told;
    }

    /** Stores the first bytes of a segment, the whole of it where that is its length, and removes shorter parts of it. */
    void segment(WalSegment segment, byte[] bytes, int length) throws IOException {
        write(length == segmentBytes ? new WalFile.Full(segment) : new WalFile.Partial(segment, length), bytes, length);
        new WalRemoval(store, place.bucket(), keys).parts(systemIdentifier, segment, length);
    }

    void history(long timeline, byte[] file) throws IOException {
        write(new WalFile.History(timeline), file, file.length);
    }

    /** Ends what an earlier process began to upload and never completed. */
    void abandonStaleUploads(Instant now) {
        store.abandon(place.bucket(), keys.system(systemIdentifier), now.minus(STALE));
    }

    private void write(WalFile file, byte[] bytes, int length) throws IOException {
        Encryption sealing = sealing();
        String folder = keys.folder(systemIdentifier, file.timeline());
        String object = file.name() + "." + HexFormat.of().toHexDigits(RANDOM.nextInt()) + ".zst." + sealing.format();
        Instant stored = Instant.now();
        Optional<Lock> locked = WalLock.of(lock, file, stored);
        Sums sums = seal(sealing, folder + object, locked, bytes, length);
        byte[] record = seal.seal(
                WalRecord.TYPE,
                new WalRecord(
                        WalRecord.SCHEMA_VERSION,
                        place.service(),
                        place.datastore(),
                        systemIdentifier,
                        file.name(),
                        segmentBytes,
                        object,
                        sealing.format(),
                        sealing.holders(),
                        sums,
                        stored));
        try (Upload upload = store.create(place.bucket(), keys.record(systemIdentifier, file.name()), locked)) {
            upload.write(record);
            upload.complete();
        }
        told.stored(systemIdentifier, file.name());
    }

    /** A log must not stand still because one region's KMS does; who is left is asked for again from time to time. */
    private Encryption sealing() throws CannotSealException {
        Encryption known = reachable;
        if (known == null || System.nanoTime() - asked > ASK_AGAIN.toNanos()) {
            known = encryption.reachable();
            reachable = known;
            asked = System.nanoTime();
        }
        return known;
    }

    private Sums seal(Encryption sealing, String key, Optional<Lock> locked, byte[] bytes, int length)
            throws IOException {
        try (Upload upload = store.create(place.bucket(), key, locked);
                SealedOutput sealed = new SealedOutput(sealing, upload)) {
            sealed.write(bytes, 0, length);
            Sums sums = sealed.finish();
            upload.complete();
            return sums;
        }
    }
}
