package io.lifeboat.activity.promotion;

import io.lifeboat.activity.database.DatabaseLook;
import io.lifeboat.activity.database.Deadline;
import io.lifeboat.activity.database.Lsn;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits until a standby has replayed everything it received and, where the fenced primary can still be asked, everything
 * that primary has written: then the promotion loses nothing.
 */
final class ReplayWait {
    private static final Duration BOUND = Duration.ofSeconds(30);

    /** What the runbook allows to lose is worth this much recovery time, and no more. */
    private static final Duration COURTESY = Duration.ofSeconds(2);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final Candidate candidate;

    ReplayWait(Candidate candidate) {
        this.candidate = candidate;
    }

    /** @param lag as measured by markers; where it could not be, only having everything is good enough */
    void until(DatabaseLook.Standby standby, Optional<Duration> lag) {
        missing(standby, standby.received(), BOUND).ifPresent(bytes -> {
            throw candidate.unavailable("it still has to replay " + bytes + " bytes");
        });
        writtenByFencedPrimary()
                .flatMap(written -> missing(standby, written, lag.isPresent() ? COURTESY : BOUND))
                .filter(bytes -> lag.isEmpty())
                .ifPresent(bytes -> {
                    throw candidate.refused("it lacks " + bytes + " bytes that the fenced primary still holds, and does"
                            + " not receive them. Repair the replication, then retry this step.");
                });
    }

    /** Bytes that are still missing after the bound; empty when none is. */
    private Optional<Long> missing(DatabaseLook.Standby standby, Lsn target, Duration bound) {
        Deadline deadline = Deadline.in(bound);
        DatabaseLook seen = standby;
        while (seen instanceof DatabaseLook.Standby now && now.replayed().compareTo(target) < 0) {
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
}
