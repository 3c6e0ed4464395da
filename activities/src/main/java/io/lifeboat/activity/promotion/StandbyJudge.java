package io.lifeboat.activity.promotion;

import io.lifeboat.activity.database.DatabaseLook.Standby;
import io.lifeboat.activity.pulse.PulseRecord;
import io.lifeboat.workflow.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Optional;

/** Says why a standby must not be promoted. Only judges what was seen; asks nobody. */
final class StandbyJudge {
    private final String name;
    private final Duration maxLag;

    /** @param name what messages call the standby */
    StandbyJudge(String name, Duration maxLag) {
        this.name = name;
        this.maxLag = maxLag;
    }

    /** Refuses a standby of another cluster or of another line of history than the primary the pulse wrote to. */
    void requireLineage(Standby standby, PulseRecord pulse) {
        if (pulse.systemIdentifier() != standby.systemIdentifier()) {
            throw refused("it belongs to cluster " + standby.systemIdentifier() + ", but the primary to cluster "
                    + pulse.systemIdentifier() + ". Seed it anew from the primary, or correct its connection.");
        }
        // Away from its primary a standby knows its timeline only as of its last restart point, so a lower one is no
        // evidence then; the missing markers are.
        boolean behind = standby.timeline() < pulse.timeline() && standby.streaming();
        if (standby.timeline() > pulse.timeline() || behind) {
            throw refused("it is on timeline " + standby.timeline() + ", but the primary was on " + pulse.timeline()
                    + ". Seed it anew from the primary.");
        }
    }

    void requireReplaying(Standby standby) {
        if (standby.replayPaused()) {
            throw refused("its replay is paused, by somebody who may have had a reason. Ask, then call"
                    + " pg_wal_replay_resume() on it.");
        }
    }

    /** Refuses too great a lag; as long as received log is still being replayed, the lag shrinks and the call is retried. */
    void requireLagAllowed(Standby standby, Optional<Duration> lag) {
        if (lag.isEmpty() || lag.get().compareTo(maxLag) <= 0) {
            return;
        }
        String seen = "it is " + SpokenDuration.of(lag.get()) + " behind and the runbook allows "
                + SpokenDuration.of(maxLag) + ". ";
        if (standby.replaying()) {
            throw FailureType.UNAVAILABLE.failure("Cannot promote " + name + " yet: " + seen + "It is still replaying "
                    + standby.replayed().bytesTo(standby.received()) + " bytes it has received. Wait.");
        }
        throw refused(seen + "Wait for it to catch up, or raise `maxLag`.");
    }

    ApplicationFailure refused(String seenAndAdvice) {
        return FailureType.PROMOTION_REFUSED.failure("Cannot promote " + name + ": " + seenAndAdvice);
    }
}
