package io.lifeboat.activity.retention;

import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which backup needs which, and whether all that one needs is there and beyond doubt. */
final class Chains {
    private final Map<String, StoredBackup> stored = new LinkedHashMap<>();
    private final Map<String, StoredBackup> older = new LinkedHashMap<>();
    private final Instant now;

    Chains(List<StoredBackup> newestFirst, Instant now) {
        this.now = now;
        Optional<StoredBackup> newer = Optional.empty();
        for (StoredBackup backup : newestFirst) {
            if (stored.put(backup.id(), backup) != null) {
                throw new IllegalArgumentException(
                        "Cannot plan retention: backup \"%s\" was given twice. Give each backup of one datastore once."
                                .formatted(backup.id()));
            }
            newer.ifPresent(before -> older.put(before.id(), backup));
            newer = Optional.of(backup);
        }
    }

    /** Why nobody may rely on this backup, if so. */
    Optional<String> fault(StoredBackup backup) {
        Optional<String> own = ownFault(backup);
        if (own.isPresent()) {
            return own;
        }
        Set<String> seen = new HashSet<>();
        StoredBackup link = backup;
        while (link.base().isPresent()) {
            String id = link.base().get();
            if (!seen.add(id)) {
                return Optional.of("cannot be restored: the bases it needs form a circle");
            }
            StoredBackup base = stored.get(id);
            if (base == null) {
                return Optional.of("cannot be restored: it needs %s, which is not there".formatted(id));
            }
            if (ownFault(base).isPresent()) {
                return Optional.of("may be impossible to restore: it needs %s, which is in doubt".formatted(id));
            }
            link = base;
        }
        return Optional.empty();
    }

    /**
     * The backup that must stay as long as this one does. An untrusted manifest may hide that it is an incremental; then the backup
     * before it is what it was most likely based on, itself or through its own base.
     */
    Optional<StoredBackup> needs(StoredBackup backup) {
        if (isGuess(backup)) {
            return Optional.ofNullable(older.get(backup.id()));
        }
        return backup.base().map(stored::get);
    }

    /** Whether {@link #needs} is not what the manifest says. */
    boolean isGuess(StoredBackup backup) {
        return backup.doubt().isPresent() && backup.base().isEmpty();
    }

    /** How many others a backup without fault needs, one after the other. */
    int depth(StoredBackup backup) {
        int depth = 0;
        for (Optional<StoredBackup> base = needs(backup); base.isPresent(); base = needs(base.get())) {
            depth++;
        }
        return depth;
    }

    private Optional<String> ownFault(StoredBackup backup) {
        if (backup.doubt().isPresent()) {
            return Optional.of(
                    "its manifest cannot be trusted: " + backup.doubt().get());
        }
        // Counted as the newest, it would let every backup taken after it be removed until its date comes.
        if (backup.takenAt().isAfter(now)) {
            return Optional.of(
                    "says it was taken at %s, which is still to come: a clock is wrong".formatted(backup.takenAt()));
        }
        return Optional.empty();
    }
}
