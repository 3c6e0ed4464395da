package io.lifeboat.activity.promotion;

import java.time.Duration;

/** A duration as a person says it: {@code 60 s}, {@code 4 min 12 s}, {@code 2 h 5 min}. */
final class SpokenDuration {
    private static final int MINUTES_FROM_SECONDS = 100;

    private SpokenDuration() {}

    static String of(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < MINUTES_FROM_SECONDS) {
            return seconds + " s";
        }
        return duration.toHours() > 0
                ? joined(duration.toHours(), "h", duration.toMinutesPart(), "min")
                : joined(duration.toMinutes(), "min", duration.toSecondsPart(), "s");
    }

    private static String joined(long big, String bigUnit, int small, String smallUnit) {
        return big + " " + bigUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }
}
