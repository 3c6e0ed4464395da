package io.lifeboat.activity.wal;

import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.BackupPlace;
import io.lifeboat.activity.manifest.EnvelopeSeal;
import io.lifeboat.activity.storage.LargeObjects;
import io.lifeboat.activity.storage.LargeObjects.ListedObject;
import io.lifeboat.activity.storage.LargeObjects.Lock;
import io.lifeboat.activity.storage.Upload;
import io.lifeboat.activity.stream.StoredSum;
import io.lifeboat.activity.wal.WalRecords.Signed;
import io.lifeboat.workflow.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The log of a datastore in another place: the same files, byte for byte as they are sealed, so that no key is needed. Every byte is
 * compared on its way, and the signed record is written last, there as here.
 */
final class WalCopy {
    private final BackupPlace from;
    private final BackupPlace to;
    private final WalKeys keys;
    private final LargeObjects source;
    private final LargeObjects target;
    private final WalRecords records;
    private final Optional<WalLock> lock;

    /**
     * @param stores the object store of each region
     * @param lock as long as here, a file may not be removed there; absent where it may
     */
    WalCopy(
            Function<String, LargeObjects> stores,
            BackupPlace from,
            BackupPlace to,
            EnvelopeSeal seal,
            Optional<WalLock> lock) {
        this.from = from;
        this.to = to;
        this.keys = new WalKeys(from);
        this.source = stores.apply(from.region());
        this.target = stores.apply(to.region());
        this.records = new WalRecords(from, keys, source, seal);
        this.lock = lock;
    }

    String region() {
        return to.region();
    }

    /** Copies a file and removes what it replaces there; nothing happens where more of its segment has replaced it here. */
    void copy(String systemIdentifier, String file) throws IOException {
        Optional<Signed> signed = records.find(systemIdentifier, file);
        if (signed.isEmpty()) {
            return;
        }
        WalRecord record = signed.get().record();
        try (InputStream stored = records.open(record)) {
            copy(record, stored);
        } catch (BackupException | ApplicationFailure e) {
            boolean spoiledOrGone = e instanceof BackupException || FailureType.TARGET_NOT_FOUND.is(e);
            if (!spoiledOrGone || records.find(systemIdentifier, file).isPresent()) {
                throw e;
            }
            return; // replaced while it was read
        }
        try (Upload upload = target.create(to.bucket(), keys.record(systemIdentifier, file), lock(record))) {
            upload.write(signed.get().envelope());
            upload.complete();
        }
        removeParts(record);
    }

    private void copy(WalRecord record, InputStream stored) throws IOException {
        try (Upload upload = target.create(to.bucket(), records.object(record), lock(record))) {
            StoredSum seen = StoredSum.of(stored, upload);
            StoredSum expected =
                    new StoredSum(record.sums().sealedBytes(), record.sums().sealedSha256());
            if (!seen.equals(expected)) {
                throw records.corrupt(record.file(), "it has " + seen + ", and its record says " + expected);
            }
            upload.complete();
        }
    }

    private Optional<Lock> lock(WalRecord record) {
        return WalFile.parse(record.file(), record.segmentBytes())
                .flatMap(file -> WalLock.of(lock, file, record.stored()));
    }

    private void removeParts(WalRecord record) {
        WalFile.parse(record.file(), record.segmentBytes())
                .flatMap(WalFile::ofSegment)
                .ifPresent(segment -> new WalRemoval(target, to.bucket(), keys)
                        .parts(record.systemIdentifier(), segment, record.sums().plainBytes()));
    }

    /**
     * Copies every file that is not there yet, oldest first, and goes on behind one that is damaged here.
     *
     * @return what is damaged, a sentence each
     */
    List<String> mend() throws IOException {
        Set<String> there = files(target, to.bucket());
        List<String> damaged = new ArrayList<>();
        for (String missing : files(source, from.bucket())) {
            if (!there.contains(missing)) {
                int slash = missing.indexOf('/');
                try {
                    copy(missing.substring(0, slash), missing.substring(slash + 1));
                } catch (BackupException e) {
                    if (e.kind() != BackupException.Kind.CORRUPT) {
                        throw e;
                    }
                    damaged.add(String.valueOf(e.getMessage()));
                }
            }
        }
        return damaged;
    }

    /** System and name of every file, in the order of their keys: a part of a segment before the whole of it. */
    private Set<String> files(LargeObjects store, String bucket) {
        return store.list(bucket, keys.prefix()).stream()
                .map(ListedObject::key)
                .filter(keys::isOfSystem)
                .flatMap(key -> keys.recorded(key).map(file -> keys.systemOf(key) + "/" + file).stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
