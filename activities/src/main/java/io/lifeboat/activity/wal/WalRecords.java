package io.lifeboat.activity.wal;

import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.BackupException.Kind;
import io.lifeboat.activity.backup.BackupPlace;
import io.lifeboat.activity.manifest.EnvelopeSeal;
import io.lifeboat.activity.manifest.UntrustedManifestException;
import io.lifeboat.activity.storage.LargeObjects;
import io.lifeboat.workflow.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The signed records of a place's files: what it says about each, before any of its bytes is believed. */
record WalRecords(BackupPlace place, WalKeys keys, LargeObjects store, EnvelopeSeal seal) {
    /** @param envelope as it is stored */
    @SuppressWarnings("ArrayRecordComponent") // bytes are handed over, never compared
    record Signed(WalRecord record, byte[] envelope) {}

    /** A file's record; {@code CORRUPT} when it is there and cannot be trusted. */
    Optional<Signed> find(String systemIdentifier, String file) {
        Optional<byte[]> envelope = envelope(systemIdentifier, file);
        try {
            return envelope.isPresent()
                    ? Optional.of(new Signed(trusted(systemIdentifier, file, envelope.get()), envelope.get()))
                    : Optional.empty();
        } catch (UntrustedManifestException e) {
            throw corrupt(file, "its record cannot be trusted: " + e.getMessage());
        }
    }

    /** A file's record, unless it cannot be trusted. */
    Optional<WalRecord> readable(String systemIdentifier, String file) {
        Optional<byte[]> envelope = envelope(systemIdentifier, file);
        try {
            return envelope.isPresent()
                    ? Optional.of(trusted(systemIdentifier, file, envelope.get()))
                    : Optional.empty();
        } catch (UntrustedManifestException damaged) {
            return Optional.empty();
        }
    }

    /** The sealed bytes of a file; {@code CORRUPT} when they are gone. */
    InputStream open(WalRecord record) throws IOException {
        try {
            return store.open(place.bucket(), object(record));
        } catch (ApplicationFailure e) {
            if (FailureType.TARGET_NOT_FOUND.is(e)) {
                throw corrupt(record.file(), "its record is there, but its bytes are not");
            }
            throw e;
        }
    }

    /** Where the sealed bytes of a file are. */
    String object(WalRecord record) {
        return keys.folder(record.systemIdentifier(), Long.parseLong(record.file(), 0, 8, 16)) + record.object();
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

    String words(String file) {
        return "WAL file " + file + " of " + place.service() + "/" + place.datastore() + " in " + place.region();
    }

    BackupException corrupt(String file, String what) {
        return new BackupException(
                Kind.CORRUPT,
                "Cannot use " + words(file) + ": " + what
                        + ". Recover to a moment before it, or from a base backup that is newer.");
    }
}
