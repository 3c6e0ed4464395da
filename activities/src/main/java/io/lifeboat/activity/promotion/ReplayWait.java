package io.lifeboat.activity.promotion;

import io.lifeboat.activity.database.DatabaseLook;
import io.lifeboat.activity.database.Deadline;
import io.lifeboat.activity.database.Lsn;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * Waits until a standby has replayed every whole record it received and, where the fenced primary can still be asked, everything
 * that primary has written: then the promotion loses nothing.
 */
final class ReplayWait {
    private static final Duration BOUND = Duration.ofSeconds(30);

    /** What the runbook allows to lose is worth this much recovery time, and no more. */
    private static final Duration COURTESY = Duration.ofSeconds(2);

    /**
     * The last record of a primary that was lost while it wrote is torn: PostgreSQL writes its log in the background up to the end
     * of a page, whatever record goes on there, and sends what is written. A replay that waits for log this long without coming
     * any further has nothing whole left. If it had, it would not be lost: a promotion replays first whatever lies in
     * {@code pg_wal} (PostgreSQL's documentation, "Standby Server Operation").
     */
    private static final Duration TORN = Duration.ofSeconds(1);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final Candidate candidate;

    ReplayWait(Candidate candidate) {
        this.candidate = candidate;
    }

    /** @param lag as measured by markers; where it could not be, only having everything is good enough */
    void until(DatabaseLook.Standby standby, Optional<Duration> lag) {
        missing(standby, standby.received(), BOUND, new Standstill(TORN)::isReachedBy)
                .ifPresent(bytes -> {
                    throw candidate.unavailable("it still has to replay " + bytes + " bytes"
                            + (standby.replay() == DatabaseLook.Replay.NOT_SEEN
                                    ? "; " + DatabaseLook.Replay.NOT_SEEN_ADVICE
                                    : ""));
                });
        writtenByFencedPrimary()
                .flatMap(written -> missing(standby, written, lag.isPresent() ? COURTESY : BOUND, never -> false))
                .filter(bytes -> lag.isEmpty())
                .ifPresent(bytes -> {
                    throw candidate.refused("it lacks " + bytes + " bytes that the fenced primary still holds, and does"
                            + " not receive them. Repair the replication, then retry this step.");
                });
    }

    /** Bytes that are still missing after the bound; empty when none is, or when there is no use in waiting for them. */
    private Optional<Long> missing(
            DatabaseLook.Standby standby, Lsn target, Duration bound, Predicate<DatabaseLook.Standby> useless) {
        Deadline deadline = Deadline.in(bound);
        DatabaseLook seen = standby;
        while (seen instanceof DatabaseLook.Standby now && now.replayed().compareTo(target) < 0 && !useless.test(now)) {
            if (deadline.isOver()) {
                return Optional.of(now.replayed().bytesTo(target));
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            seen = candidate.look();
        }
        return Optional.empty();
    }

    private Optional<Lsn> writtenByFencedPrimary() {
        // What was powered off cannot answer, and in a lost region the silence costs a time-out.
        return candidate.request().fence().driver().equals("power")
                ? Optional.empty()
                : candidate.fencedPrimary().map(DatabaseLook.Primary::written);
    }

    /** A replay that waits for log in every look, for a time, and stays where it is. */
    private static final class Standstill {
        private final Duration atLeast;
        private Lsn place = new Lsn(0);
        private Deadline end = Deadline.in(Duration.ZERO);

        Standstill(Duration atLeast) {
            this.atLeast = atLeast;
        }

        boolean isReachedBy(DatabaseLook.Standby now) {
            if (now.replay() != DatabaseLook.Replay.AWAITS_LOG
                    || !now.replayed().equals(place)) {
                place = now.replayed();
                end = Deadline.in(atLeast);
            }
            return end.isOver();
        }
    }
}
