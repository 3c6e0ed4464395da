package io.lifeboat.runbook;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;

/**
 * Five cron fields, read as Temporal reads them. That is not the cron of Unix in one point: where both a day of the month
 * and a day of the week are given, a day must match <em>both</em>. Two more differences are left out on purpose, because
 * Temporal would take them for something else: shorthands such as {@code @daily}, and {@code #}, which begins a comment.
 */
public final class CronExpression {
    private final String text;
    private final Map<CronField, SortedSet<Integer>> values;

    private CronExpression(String text, Map<CronField, SortedSet<Integer>> values) {
        this.text = text;
        this.values = values;
    }

    /** Reads {@code minute hour day-of-month month day-of-week}; an {@link IllegalArgumentException} says what is wrong. */
    @JsonCreator
    public static CronExpression parse(String text) {
        String[] written = text.strip().split("\\s+");
        CronField[] fields = CronField.values();
        if (written.length != fields.length) {
            throw new CronSyntaxException(
                    "it has " + written.length + (written.length == 1 ? " field" : " fields"),
                    "Write five: minute, hour, day of the month, month, day of the week.");
        }
        Map<CronField, SortedSet<Integer>> values = new EnumMap<>(CronField.class);
        for (int i = 0; i < fields.length; i++) {
            values.put(fields[i], Collections.unmodifiableSortedSet(fields[i].parse(written[i])));
        }
        return new CronExpression(String.join(" ", written), values);
    }

    /** The values of a field on which it fires. */
    public SortedSet<Integer> values(CronField field) {
        return Objects.requireNonNull(values.get(field), "every field has values");
    }

    /** Whether it fires on this day, in a time zone whose clocks do not change on it. */
    boolean matches(LocalDate day) {
        return values(CronField.MONTH).contains(day.getMonthValue())
                && values(CronField.DAY_OF_MONTH).contains(day.getDayOfMonth())
                && values(CronField.DAY_OF_WEEK).contains(day.getDayOfWeek().getValue() % 7);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CronExpression cron && cron.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** As it was written, with single spaces. */
    @JsonValue
    @Override
    public String toString() {
        return text;
    }
}
