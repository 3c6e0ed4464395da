package io.lifeboat.activity.database.postgresql.pgbackrest;

import java.time.Duration;
import java.time.Instant;

/**
 * Which backup is the next one: a full one now and then, and what has changed in between.
 *
 * @param full the longest time between two full ones; zero for nothing but full ones
 * @param between what is taken meanwhile
 */
public record Rhythm(Duration full, BackupType between) {
    /** A run does not know when the next one comes, so that it takes what would be overdue by then. */
    private static final Duration LEAD = Duration.ofHours(18);

    /** Nothing but backups of one type, save that the first is always a full one. */
    public static Rhythm always(BackupType type) {
        return new Rhythm(type == BackupType.FULL ? Duration.ZERO : Duration.ofDays(36_500), type);
    }

    BackupType next(Repository repository, Instant now) {
        Duration share = full.multipliedBy(3).dividedBy(4);
        Duration wait = full.minus(share.compareTo(LEAD) < 0 ? share : LEAD);
        boolean fresh = repository.sets().stream()
                .filter(set -> set.type() == BackupType.FULL && set.id().isPresent() && !set.damagedPages())
                .anyMatch(set -> set.began().plus(wait).isAfter(now));
        return fresh ? between : BackupType.FULL;
    }
}
