package io.lifeboat.workflow.report;

import java.time.Duration;
import java.util.Locale;

/** Durations as people read them: {@code 0.42 s}, {@code 41.2 s}, {@code 4 min 12 s}, {@code 1 h 3 min}. */
public final class Seconds {
    private Seconds() {}

    /** @param seconds may be negative; NaN and infinities are not durations and are refused */
    public static String text(double seconds) {
        if (!Double.isFinite(seconds)) {
            throw new IllegalArgumentException("not a duration: " + seconds);
        }
        if (seconds < 0) {
            return "−" + text(-seconds);
        }
        if (seconds < 9.995) {
            return decimal("%.2f", seconds) + " s";
        }
        if (seconds < 59.95) {
            return decimal("%.1f", seconds) + " s";
        }
        long whole = Math.round(seconds);
        return whole < 3600 ? pair(whole / 60, "min", whole % 60, "s") : hours(Math.round(seconds / 60));
    }

    public static String text(Duration duration) {
        double seconds = of(duration);
        return seconds == Math.rint(seconds) && seconds < 60 ? Math.round(seconds) + " s" : text(seconds);
    }

    static double of(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    static String decimal(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    private static String hours(long minutes) {
        return pair(minutes / 60, "h", minutes % 60, "min");
    }

    private static String pair(long big, String bigUnit, long small, String smallUnit) {
        return big + " " + bigUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }
}
