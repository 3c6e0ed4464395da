package io.lifeboat.activity.retention;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * A store that gains backups night by night: fulls on Sundays and incrementals between them, hourly ones in some months, some that
 * fail, some that are locked, held or in doubt, and now and then one that is proven.
 */
final class SimulatedNights {
    private static final long YEAR_DAYS = 365;

    private final Random random;
    /** Every backup that ever was, as it was last seen. */
    private final List<StoredBackup> ever = new ArrayList<>();

    private final List<StoredBackup> stored = new ArrayList<>();
    private final List<UnfinishedBackup> unfinished = new ArrayList<>();

    SimulatedNights(long seed) {
        random = new Random(seed);
    }

    /** One night, after the day before it. */
    void pass(LocalDate night) {
        Instant midnight = night.atStartOfDay(ZoneOffset.UTC).toInstant();
        if (hasHourlyBackups(night)) {
            for (int hour = 4; hour < 24; hour++) {
                take(midnight.minus(Duration.ofHours(24 - hour)), false);
            }
        }
        take(midnight.plus(Duration.ofHours(2)), night.getDayOfWeek() == DayOfWeek.SUNDAY);
        if (chance(6)) {
            proveOneOfTheLast(10, midnight.plus(Duration.ofHours(3)));
        }
    }

    void remove(Collection<String> ids, Collection<UnfinishedBackup> abandoned) {
        stored.removeIf(backup -> ids.contains(backup.id()));
        unfinished.removeAll(abandoned);
    }

    List<StoredBackup> ever() {
        return ever;
    }

    List<StoredBackup> stored() {
        return stored;
    }

    List<UnfinishedBackup> unfinished() {
        return unfinished;
    }

    private static boolean hasHourlyBackups(LocalDate night) {
        return night.getMonth() == Month.JUNE || (night.getYear() == 2028 && night.getMonth() == Month.MARCH);
    }

    private void take(Instant about, boolean full) {
        Instant takenAt = about.plusSeconds(random.nextInt(1800));
        String id = StoredBackups.id(takenAt);
        if (chance(12)) {
            if (chance(2)) {
                unfinished.add(new UnfinishedBackup(id, takenAt, Optional.empty()));
            }
            return;
        }
        StoredBackup backup = backup(id, takenAt, full ? Optional.empty() : base());
        stored.add(backup);
        ever.add(backup);
    }

    private StoredBackup backup(String id, Instant takenAt, Optional<String> base) {
        Optional<Instant> none = Optional.empty();
        Instant retainUntil = takenAt.plus(Duration.ofDays(random.nextInt(4)));
        if (chance(50)) {
            return chance(2)
                    ? StoredBackup.unreadable(id, takenAt, "the store refused to give it")
                    : new StoredBackup(id, takenAt, base, none, retainUntil, none, none, Optional.of("forged"));
        }
        Optional<Instant> locked = chance(8) ? after(takenAt, random.nextInt(40)) : none;
        Optional<Instant> held = chance(90) ? after(takenAt, 7 * YEAR_DAYS) : none;
        return new StoredBackup(id, takenAt, base, none, retainUntil, locked, held, Optional.empty());
    }

    /** Half of the incrementals go on the last full one, half on whatever is newest; none knowingly on one in doubt. */
    private Optional<String> base() {
        boolean onFull = chance(2);
        Map<String, StoredBackup> all = byId();
        return stored.reversed().stream()
                .filter(backup -> BruteForceRetention.sound(backup, all))
                .filter(backup -> !onFull || backup.base().isEmpty())
                .findFirst()
                .map(StoredBackup::id);
    }

    private Map<String, StoredBackup> byId() {
        return stored.stream().collect(Collectors.toMap(StoredBackup::id, backup -> backup));
    }

    private void proveOneOfTheLast(int count, Instant provenAt) {
        int index = stored.size() - 1 - random.nextInt(count);
        if (index < 0 || !BruteForceRetention.sound(stored.get(index), byId())) {
            return;
        }
        StoredBackup backup = stored.get(index);
        StoredBackup proven = new StoredBackup(
                backup.id(),
                backup.takenAt(),
                backup.base(),
                Optional.of(provenAt),
                backup.retainUntil(),
                backup.lockedUntil(),
                backup.heldUntil(),
                backup.doubt());
        stored.set(index, proven);
        ever.set(ever.indexOf(backup), proven);
    }

    private static Optional<Instant> after(Instant instant, long days) {
        return Optional.of(instant.plus(Duration.ofDays(days)));
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }
}
