package io.lifeboat.activity.retention;

import io.lifeboat.runbook.Keep;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Retention once more, by walking over the calendar period by period and trying every backup in each. It shares only the records
 * with the planner, and expects every base to be there and no clock to be wrong.
 */
final class BruteForceRetention {
    private final List<StoredBackup> all;
    private final Instant now;
    private final Set<String> kept = new HashSet<>();
    private final NavigableMap<LocalDateTime, StoredBackup> sound = new TreeMap<>();

    private BruteForceRetention(List<StoredBackup> all, Instant now) {
        this.all = all;
        this.now = now;
        Map<String, StoredBackup> byId = new HashMap<>();
        all.forEach(backup -> byId.put(backup.id(), backup));
        all.stream().filter(backup -> sound(backup, byId)).forEach(backup -> sound.put(time(backup), backup));
    }

    static Set<String> removable(List<StoredBackup> all, Keep keep, Instant now) {
        return new BruteForceRetention(all, now).removable(keep);
    }

    /** Ids of the newest sound backup of each of the last periods that have one. */
    static Set<String> keptByRules(List<StoredBackup> all, Keep keep) {
        BruteForceRetention model = new BruteForceRetention(all, Instant.MAX);
        model.keepByRules(keep);
        return model.kept;
    }

    static boolean sound(StoredBackup backup, Map<String, StoredBackup> all) {
        if (backup.doubt().isPresent()) {
            return false;
        }
        StoredBackup base = all.get(backup.base().orElse(""));
        return base == null || sound(base, all);
    }

    private Set<String> removable(Keep keep) {
        keepByRules(keep);
        keepTheNewest();
        for (StoredBackup backup : all) {
            if (!isSound(backup) || hasTerm(backup)) {
                kept.add(backup.id());
            }
        }
        int before;
        do {
            before = kept.size();
            keepWhatTheKeptNeed();
        } while (kept.size() > before);
        Set<String> removable = new TreeSet<>();
        all.forEach(backup -> removable.add(backup.id()));
        removable.removeAll(kept);
        return removable;
    }

    private void keepByRules(Keep keep) {
        if (all.isEmpty()) {
            return;
        }
        walk(keep.hourly(), newestTime().truncatedTo(ChronoUnit.HOURS), start -> start.minusHours(1));
        walk(keep.daily(), midnight(), start -> start.minusDays(1));
        walk(
                keep.weekly(),
                midnight().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)),
                start -> start.minusWeeks(1));
        walk(keep.monthly(), midnight().withDayOfMonth(1), start -> start.minusMonths(1));
        walk(keep.yearly(), midnight().withDayOfYear(1), start -> start.minusYears(1));
    }

    private void walk(int count, LocalDateTime newestStart, UnaryOperator<LocalDateTime> earlier) {
        LocalDateTime oldest =
                all.stream().map(this::time).min(LocalDateTime::compareTo).orElseThrow();
        LocalDateTime start = newestStart;
        LocalDateTime end = LocalDateTime.MAX;
        int found = 0;
        while (found < count && end.isAfter(oldest)) {
            if (keepNewestBetween(start, end)) {
                found++;
            }
            end = start;
            start = earlier.apply(start);
        }
    }

    private boolean keepNewestBetween(LocalDateTime start, LocalDateTime end) {
        Map.Entry<LocalDateTime, StoredBackup> newest = sound.lowerEntry(end);
        if (newest == null || newest.getKey().isBefore(start)) {
            return false;
        }
        kept.add(newest.getValue().id());
        return true;
    }

    private boolean isSound(StoredBackup backup) {
        return backup.equals(sound.get(time(backup)));
    }

    private boolean hasTerm(StoredBackup backup) {
        return now.isBefore(backup.retainUntil())
                || (backup.lockedUntil().isPresent()
                        && now.isBefore(backup.lockedUntil().get()))
                || (backup.heldUntil().isPresent()
                        && now.isBefore(backup.heldUntil().get()));
    }

    private void keepTheNewest() {
        boolean first = true;
        boolean proven = false;
        for (StoredBackup backup : sound.descendingMap().values()) {
            if (first || (!proven && backup.provenAt().isPresent())) {
                kept.add(backup.id());
            }
            first = false;
            proven |= backup.provenAt().isPresent();
        }
    }

    private void keepWhatTheKeptNeed() {
        for (StoredBackup backup : all) {
            if (kept.contains(backup.id())) {
                if (backup.base().isPresent()) {
                    kept.add(backup.base().get());
                } else if (backup.doubt().isPresent()) {
                    keepTheOneBefore(backup);
                }
            }
        }
    }

    private void keepTheOneBefore(StoredBackup backup) {
        StoredBackup before = null;
        for (StoredBackup other : all) {
            boolean earlier = other.takenAt().isBefore(backup.takenAt());
            if (earlier && (before == null || other.takenAt().isAfter(before.takenAt()))) {
                before = other;
            }
        }
        if (before != null) {
            kept.add(before.id());
        }
    }

    private LocalDateTime newestTime() {
        return all.stream().map(this::time).max(LocalDateTime::compareTo).orElseThrow();
    }

    private LocalDateTime midnight() {
        return newestTime().truncatedTo(ChronoUnit.DAYS);
    }

    private LocalDateTime time(StoredBackup backup) {
        return LocalDateTime.ofInstant(backup.takenAt(), ZoneOffset.UTC);
    }
}
