package io.lifeboat.runbook;

import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The fields of a cron expression, in the order they are written, and the values each can have. */
public enum CronField {
    MINUTE("minute", 0, 59, 0, ""),
    HOUR("hour", 0, 23, 0, ""),
    DAY_OF_MONTH("day of the month", 1, 31, 0, ""),
    MONTH("month", 1, 12, 3, "january february march april may june july august september october november december"),
    /** Sunday is 0, and may be written as 7. */
    DAY_OF_WEEK("day of the week", 0, 7, 2, "sunday monday tuesday wednesday thursday friday saturday");

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}");

    private final String title;
    private final int least;
    private final int most;
    private final int fewestLetters;
    private final String words;

    /**
     * @param fewestLetters how many letters of a name will do
     * @param words the names of the values from the least on
     */
    CronField(String title, int least, int most, int fewestLetters, String words) {
        this.title = title;
        this.least = least;
        this.most = most;
        this.fewestLetters = fewestLetters;
        this.words = words;
    }

    /** Every value that is meant by {@code *}, a value, a range, a step, or a list of these. */
    SortedSet<Integer> parse(String text) {
        SortedSet<Integer> values = new TreeSet<>();
        for (String part : text.split(",", -1)) {
            addRange(part, text, values);
        }
        return values;
    }

    private void addRange(String part, String text, SortedSet<Integer> values) {
        String[] range = part.split("/", -1);
        if (range.length > 2) {
            throw fault(text, "Write one step at most, such as */5.");
        }
        int step = range.length == 2 ? step(range[1], text) : 1;
        int from = least;
        int to = most;
        if (!range[0].equals("*")) {
            String[] ends = range[0].split("-", -1);
            from = value(ends[0], text);
            // A value with a step counts from there on.
            to = ends.length == 1 ? (range.length == 2 ? most : from) : value(ends[1], text);
            if (ends.length > 2 || to < from) {
                String sunday = this == DAY_OF_WEEK && to == 0 ? " Sunday at the end of a range is 7." : "";
                throw fault(text, "Write a range from its lower to its higher end." + sunday);
            }
        }
        for (int value = from; value <= to; value += step) {
            values.add(this == DAY_OF_WEEK ? value % 7 : value);
        }
    }

    private int step(String step, String text) {
        if (!NUMBER.matcher(step).matches() || Integer.parseInt(step) == 0) {
            throw fault(text, "Write a step as a number from 1 on.");
        }
        return Integer.parseInt(step);
    }

    private int value(String value, String text) {
        String lower = value.toLowerCase(Locale.ROOT);
        if (!words.isEmpty() && lower.length() >= fewestLetters) {
            List<String> names = List.of(words.split(" "));
            for (int i = 0; i < names.size(); i++) {
                if (names.get(i).startsWith(lower)) {
                    return least + i;
                }
            }
        }
        int number = NUMBER.matcher(value).matches() ? Integer.parseInt(value) : -1;
        if (number < least || number > most) {
            String named = words.isEmpty() ? "" : ", or a name such as " + words.split(" ")[1].substring(0, 3);
            throw fault(text, "Write " + least + " to " + most + named + ", or * for every one.");
        }
        return number;
    }

    private CronSyntaxException fault(String text, String hint) {
        return new CronSyntaxException("its " + title + " is " + Quoted.text(text), hint);
    }
}
