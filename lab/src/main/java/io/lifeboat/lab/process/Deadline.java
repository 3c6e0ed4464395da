package io.lifeboat.lab.process;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A moment on the machine's monotonic clock after which waiting is pointless. */
public final class Deadline {

    private final long start = System.nanoTime();
    private final long limit;

    private Deadline(Duration limit) {
        this.limit = limit.toNanos();
    }

    public static Deadline after(Duration limit) {
        return new Deadline(limit);
    }

    public boolean passed() {
        return System.nanoTime() - start > limit;
    }

    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Gives up the processor between two looks at the same thing. */
    public static void pause(Duration duration) {
        LockSupport.parkNanos(duration.toNanos());
    }
}
