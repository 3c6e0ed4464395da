package io.lifeboat.activity.retention;

import static java.time.temporal.ChronoField.DAY_OF_MONTH;
import static java.time.temporal.ChronoField.HOUR_OF_DAY;
import static java.time.temporal.ChronoField.MONTH_OF_YEAR;
import static java.time.temporal.ChronoField.YEAR;
import static java.time.temporal.IsoFields.WEEK_BASED_YEAR;
import static java.time.temporal.IsoFields.WEEK_OF_WEEK_BASED_YEAR;

import io.lifeboat.runbook.Keep;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.function.ToIntFunction;

/** The five keep rules: how time is cut into periods, and how many of them keep their newest backup. */
enum Cadence {
    HOURLY(Keep::hourly, day().appendLiteral('T').appendValue(HOUR_OF_DAY, 2).appendLiteral('Z')),
    DAILY(Keep::daily, day()),
    WEEKLY(
            Keep::weekly,
            new DateTimeFormatterBuilder()
                    .appendValue(WEEK_BASED_YEAR, 4)
                    .appendLiteral("-W")
                    .appendValue(WEEK_OF_WEEK_BASED_YEAR, 2)),
    MONTHLY(Keep::monthly, month()),
    YEARLY(Keep::yearly, year());

    @SuppressWarnings("ImmutableEnumChecker") // a reference to a method of a record
    private final ToIntFunction<Keep> count;

    private final DateTimeFormatter period;

    Cadence(ToIntFunction<Keep> count, DateTimeFormatterBuilder period) {
        this.count = count;
        this.period = period.toFormatter(Locale.ROOT).withZone(ZoneOffset.UTC);
    }

    int periodsKept(Keep keep) {
        return count.applyAsInt(keep);
    }

    /** The period's name, such as {@code 2026-W47}; two instants are in one period when these are equal. */
    String periodOf(Instant instant) {
        return period.format(instant);
    }

    /** Its name in the runbook. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static DateTimeFormatterBuilder year() {
        return new DateTimeFormatterBuilder().appendValue(YEAR, 4);
    }

    private static DateTimeFormatterBuilder month() {
        return year().appendLiteral('-').appendValue(MONTH_OF_YEAR, 2);
    }

    private static DateTimeFormatterBuilder day() {
        return month().appendLiteral('-').appendValue(DAY_OF_MONTH, 2);
    }
}
