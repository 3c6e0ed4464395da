package io.lifeboat.lab.client;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Knows from the moments of the answers when the service was away. An outage is a gap of more than {@link #TOLERATED}
 * between two good answers, or since the newest one. Before the first good answer there is no outage: a service that never
 * answered cannot be said to have stopped.
 *
 * <p>All times are {@link System#nanoTime}, compared by difference only. Safe for several threads.
 */
final class OutageLog {

    /** A pause this long is no outage. */
    static final Duration TOLERATED = Duration.ofSeconds(1);

    private record Good(long nanos, Instant at) {}

    private final List<Outage> closed = new ArrayList<>();
    private @Nullable Good newest;
    private boolean lastAnswerWasGood;

    /**
     * Notes a good answer.
     *
     * @return the outage that it ends, if it ends one
     */
    synchronized Optional<Outage> good(long nanos, Instant at) {
        Good before = newest;
        newest = new Good(nanos, at);
        lastAnswerWasGood = true;
        if (before == null || !isOutage(before.nanos(), nanos)) {
            return Optional.empty();
        }
        Outage ended = new Outage(before.at(), before.nanos(), nanos, false);
        closed.add(ended);
        return Optional.of(ended);
    }

    /** Notes an answer that was not good, or that did not come. */
    synchronized void bad() {
        lastAnswerWasGood = false;
    }

    /** The newest outage, which may last at {@code now}. */
    synchronized Optional<Outage> newest(long now) {
        Optional<Outage> open = open(now);
        return open.isPresent() || closed.isEmpty() ? open : Optional.of(closed.getLast());
    }

    /** All outages, oldest first. */
    synchronized List<Outage> all(long now) {
        List<Outage> all = new ArrayList<>(closed);
        open(now).ifPresent(all::add);
        return List.copyOf(all);
    }

    /** Whether the newest answer was good, and is no older than {@link #TOLERATED}. */
    synchronized boolean answering(long now) {
        return newest != null && lastAnswerWasGood && !isOutage(newest.nanos(), now);
    }

    private Optional<Outage> open(long now) {
        return newest != null && isOutage(newest.nanos(), now)
                ? Optional.of(new Outage(newest.at(), newest.nanos(), now, true))
                : Optional.empty();
    }

    private static boolean isOutage(long lastGood, long now) {
        return now - lastGood > TOLERATED.toNanos();
    }
}
