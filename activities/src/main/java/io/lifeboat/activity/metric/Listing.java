package io.lifeboat.activity.metric;

import static java.util.stream.Collectors.groupingBy;

import io.lifeboat.activity.backup.BackupCatalog.Entry;
import io.lifeboat.activity.backup.BackupId;
import io.lifeboat.activity.wal.StoredLog;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What was in a place when it was last read.
 *
 * @param byPolicy what each policy has there; folders that no policy made are in none
 * @param log what there is of the datastore's log; empty where none is kept
 */
record Listing(Instant readAt, Map<String, List<Folder>> byPolicy, long storedBytes, Optional<StoredLog> log) {
    /** A backup, or what there is of one. */
    record Folder(BackupId id, Entry entry) {
        boolean isBackup() {
            return entry.exists();
        }

        /**
         * When the backup was taken: when its run began or, if that was earlier, when its manifest was written. The first makes
         * no backup younger that was copied again, the second none whose id is from a clock that was ahead.
         */
        Instant taken() {
            return entry.committed().filter(id.slot()::isAfter).orElse(id.slot());
        }
    }

    static Listing of(Instant readAt, List<Entry> entries, Optional<StoredLog> log) {
        return new Listing(
                readAt,
                entries.stream().flatMap(Listing::folder).collect(groupingBy(folder -> folder.id.policy())),
                entries.stream().mapToLong(Entry::storedBytes).sum(),
                log);
    }

    private static Stream<Folder> folder(Entry entry) {
        return BackupId.parse(entry.id()).map(id -> new Folder(id, entry)).stream();
    }

    /** What a policy has there. */
    List<Folder> of(String policy) {
        return Optional.ofNullable(byPolicy.get(policy)).orElse(List.of());
    }
}
