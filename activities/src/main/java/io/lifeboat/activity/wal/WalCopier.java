package io.lifeboat.activity.wal;

import io.lifeboat.activity.backup.BackupException;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a copy of a log going, behind its receiver and never in its way: each file after it was stored, and whatever an outage has left
 * out once the other place answers again. It works in the worker that receives; after a change of worker, and every hour, it compares
 * both places.
 */
final class WalCopier implements WalStored, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WalCopier.class);
    private static final Duration COMPARE_EVERY = Duration.ofHours(1);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);
    /** More than a receiver stores while a copy is made; what does not fit is found by the next comparison. */
    private static final int WAITING = 1000;

    private final String name;
    private final WalCopy copy;
    private final Duration firstPause;
    private final BlockingQueue<Stored> waiting = new LinkedBlockingQueue<>(WAITING);
    private volatile boolean incomplete = true;
    private long compared;
    private String lastSaid = "";
    private @Nullable Thread thread;

    private record Stored(String systemIdentifier, String file) {}

    /** @param firstPause after a failure; doubled with each one that follows */
    WalCopier(String name, WalCopy copy, Duration firstPause) {
        this.name = name;
        this.copy = copy;
        this.firstPause = firstPause;
    }

    @Override
    public void stored(String systemIdentifier, String file) {
        if (!waiting.offer(new Stored(systemIdentifier, file))) {
            incomplete = true;
        }
    }

    /** @param receiving whether this worker is the one that receives the log */
    void start(BooleanSupplier receiving) {
        thread = Thread.ofVirtual()
                .name("wal-copy-" + name + "-" + copy.region())
                .start(() -> run(receiving));
    }

    @Override
    public void close() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }

    private void run(BooleanSupplier receiving) {
        Duration pause = firstPause;
        try {
            while (!Thread.currentThread().isInterrupted()) {
                @Nullable Stored next = waiting.poll(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
                if (next == null && !receiving.getAsBoolean()) {
                    incomplete = true; // another worker receives, and what it stores is not told here
                } else if (isDone(next)) {
                    pause = firstPause;
                } else {
                    Thread.sleep(pause); // backs off; close() interrupts it
                    pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isDone(@Nullable Stored next) {
        try {
            if (incomplete || System.nanoTime() - compared > COMPARE_EVERY.toNanos()) {
                compare();
            } else if (next != null) {
                copy.copy(next.systemIdentifier(), next.file());
            }
            return true;
        } catch (ApplicationFailure e) {
            fail(e.getOriginalMessage());
        } catch (BackupException e) {
            fail(String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            fail("it broke off, " + e.getClass().getSimpleName() + ".");
        }
        return false;
    }

    private void compare() throws IOException {
        incomplete = false;
        List<String> damaged = copy.mend();
        compared = System.nanoTime();
        say(damaged.isEmpty() ? "is complete." : "goes on without what is damaged: " + String.join(" ", damaged));
    }

    private void fail(String why) {
        incomplete = true;
        waiting.clear();
        if (!Thread.currentThread().isInterrupted()) {
            say("does not go on: " + why);
        }
    }

    /** Logs a change of state once, not at every attempt. */
    private void say(String what) {
        if (!what.equals(lastSaid)) {
            log.info("The copy of the log of {} in {} {}", name, copy.region(), what);
            lastSaid = what;
        }
    }
}
