package io.lifeboat.activity.database.postgresql.pgbackrest;

import io.lifeboat.activity.database.Lsn;
import java.time.Instant;
import java.util.Optional;

/**
 * One backup, as the repository itself describes it.
 *
 * @param prior the set it is based on
 * @param id the backup's id at Lifeboat; absent for one that somebody else has taken
 * @param archiveId where the log is archived that follows it
 * @param start and {@code stop}: of the backup in the log
 * @param began and {@code ended}: on the clock of the host that took it, in whole seconds
 * @param databaseBytes of all its files
 * @param storedBytes in the repository, for this set alone
 * @param damagedPages whether pages of the database had wrong checksums when it was taken
 */
record BackupSet(
        String label,
        BackupType type,
        Optional<String> prior,
        Optional<String> id,
        String systemIdentifier,
        String serverVersion,
        String archiveId,
        long timeline,
        Lsn start,
        Lsn stop,
        Instant began,
        Instant ended,
        long databaseBytes,
        long storedBytes,
        boolean damagedPages) {}
