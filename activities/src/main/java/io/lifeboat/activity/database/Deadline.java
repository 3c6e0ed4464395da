package io.lifeboat.activity.database;

import java.time.Duration;

/** A moment on this process's monotonic clock, so that several calls share one bound instead of each having its own. */
public final class Deadline {
    private final long end;

    private Deadline(long end) {
        this.end = end;
    }

    public static Deadline in(Duration bound) {
        return new Deadline(System.nanoTime() + bound.toNanos());
    }

    /** What is left; zero when nothing is. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    public boolean isOver() {
        return remaining().isZero();
    }
}
