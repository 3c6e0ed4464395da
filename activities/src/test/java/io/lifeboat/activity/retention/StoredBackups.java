package io.lifeboat.activity.retention;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Writes backups down as tests want to read them; each method gives a changed copy. */
record StoredBackups(StoredBackup backup) {
    private static final DateTimeFormatter ID =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /** A full one without proof, lock or hold, which may be removed at once. */
    static StoredBackups taken(String at) {
        Instant takenAt = Instant.parse(at);
        Optional<Instant> none = Optional.empty();
        return new StoredBackups(
                new StoredBackup(id(takenAt), takenAt, Optional.empty(), none, takenAt, none, none, Optional.empty()));
    }

    static String id(Instant takenAt) {
        return ID.format(takenAt);
    }

    StoredBackups on(String base) {
        return copy(
                Optional.of(base), backup.provenAt(), backup.retainUntil(), backup.lockedUntil(), backup.heldUntil());
    }

    StoredBackups proven(String at) {
        return copy(backup.base(), instant(at), backup.retainUntil(), backup.lockedUntil(), backup.heldUntil());
    }

    StoredBackups retained(String until) {
        return copy(backup.base(), backup.provenAt(), Instant.parse(until), backup.lockedUntil(), backup.heldUntil());
    }

    StoredBackups locked(String until) {
        return copy(backup.base(), backup.provenAt(), backup.retainUntil(), instant(until), backup.heldUntil());
    }

    StoredBackups held(String until) {
        return copy(backup.base(), backup.provenAt(), backup.retainUntil(), backup.lockedUntil(), instant(until));
    }

    StoredBackups doubted(String doubt) {
        return new StoredBackups(new StoredBackup(
                backup.id(),
                backup.takenAt(),
                backup.base(),
                backup.provenAt(),
                backup.retainUntil(),
                backup.lockedUntil(),
                backup.heldUntil(),
                Optional.of(doubt)));
    }

    private StoredBackups copy(
            Optional<String> base,
            Optional<Instant> provenAt,
            Instant retainUntil,
            Optional<Instant> lockedUntil,
            Optional<Instant> heldUntil) {
        return new StoredBackups(new StoredBackup(
                backup.id(), backup.takenAt(), base, provenAt, retainUntil, lockedUntil, heldUntil, backup.doubt()));
    }

    private static Optional<Instant> instant(String text) {
        return Optional.of(Instant.parse(text));
    }
}
