package io.lifeboat.runbook;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * When a cron expression fires in a time zone. As at Temporal, a time that the clocks skip is left out. One that they repeat
 * is counted once, the first time: whether Temporal takes the second as well differs between zones, so that nobody may
 * rely on it.
 */
public record Firings(CronExpression cron, ZoneId zone) {
    /** The 28 years after which every date falls on the same day of the week again. */
    private static final List<LocalDate> DAYS =
            LocalDate.of(2028, 1, 1).datesUntil(LocalDate.of(2056, 1, 1)).toList();

    private static final long SECONDS_OF_DAY = Duration.ofDays(1).toSeconds();

    /** The shortest and the longest time between two firings that follow each other. */
    public record Gaps(Duration shortest, Duration longest) {}

    /** Nothing when it never fires. */
    public Optional<Gaps> gaps() {
        Meter meter = new Meter();
        List<LocalTime> times = times();
        ZoneRules rules = zone.getRules();
        boolean measured = false;
        for (LocalDate day : DAYS) {
            if (!cron.matches(day)) {
                continue;
            }
            ZoneOffset offset = rules.getOffset(day.atStartOfDay());
            boolean ordinary = offset.equals(rules.getOffset(day.plusDays(1).atStartOfDay()));
            if (ordinary && measured) {
                // All days without a change are alike inside.
                meter.fire(second(day, times.getFirst(), offset));
                meter.goOnFrom(second(day, times.getLast(), offset));
            } else {
                instants(day, times).forEach(instant -> meter.fire(instant.getEpochSecond()));
                measured |= ordinary;
            }
        }
        return meter.gaps();
    }

    private static long second(LocalDate day, LocalTime time, ZoneOffset offset) {
        return day.toEpochDay() * SECONDS_OF_DAY + time.toSecondOfDay() - offset.getTotalSeconds();
    }

    /** Looks at one firing after the other; in seconds, because a runbook is read often and this is most of the work. */
    private static final class Meter {
        private long first = Long.MIN_VALUE;
        private long last = Long.MIN_VALUE;
        private long shortest = Long.MAX_VALUE;
        private long longest;

        void fire(long second) {
            if (first == Long.MIN_VALUE) {
                first = second;
            } else {
                measure(second - last);
            }
            last = second;
        }

        void goOnFrom(long second) {
            last = second;
        }

        private void measure(long gap) {
            shortest = Math.min(shortest, gap);
            longest = Math.max(longest, gap);
        }

        Optional<Gaps> gaps() {
            if (first == Long.MIN_VALUE) {
                return Optional.empty();
            }
            measure(first + DAYS.size() * SECONDS_OF_DAY - last);
            return Optional.of(new Gaps(Duration.ofSeconds(shortest), Duration.ofSeconds(longest)));
        }
    }

    /** The same expression where no clock ever changes. */
    public Firings withoutClockChanges() {
        return new Firings(cron, ZoneOffset.UTC);
    }

    /** Every time it fires on a day. */
    public List<Instant> on(LocalDate day) {
        return cron.matches(day) ? instants(day, times()) : List.of();
    }

    private List<LocalTime> times() {
        List<LocalTime> times = new ArrayList<>();
        for (int hour : cron.values(CronField.HOUR)) {
            for (int minute : cron.values(CronField.MINUTE)) {
                times.add(LocalTime.of(hour, minute));
            }
        }
        return times;
    }

    private List<Instant> instants(LocalDate day, List<LocalTime> times) {
        return times.stream()
                .map(day::atTime)
                .flatMap(local ->
                        zone.getRules().getValidOffsets(local).stream().limit(1).map(local::toInstant))
                .sorted()
                .toList();
    }
}
