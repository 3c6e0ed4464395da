package io.lifeboat.activity.database;

import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Awaits a condition with a deadline. */
public final class Eventually {
    private Eventually() {}

    public static void holds(Duration atMost, Callable<Boolean> condition) {
        Deadline deadline = Deadline.in(atMost);
        while (!deadline.isOver()) {
            try {
                if (condition.call()) {
                    return;
                }
            } catch (Exception e) { // a Callable may throw anything; no kind of it is "not yet"
                throw new AssertionError("the condition failed instead of being false", e);
            }
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
        fail("The condition did not hold within " + atMost);
    }
}
