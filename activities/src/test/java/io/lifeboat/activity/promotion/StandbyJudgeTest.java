package io.lifeboat.activity.promotion;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.activity.database.DatabaseLook.Replay;
import io.lifeboat.activity.database.DatabaseLook.Standby;
import io.lifeboat.activity.database.Lsn;
import io.lifeboat.activity.database.Marker;
import io.lifeboat.activity.pulse.PulseRecord;
import io.lifeboat.workflow.FailureType;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StandbyJudgeTest {
    private final StandbyJudge judge = new StandbyJudge("\"orders-db\" in west", Duration.ofSeconds(60));

    @Test
    void allowsALagUpToTheRunbooks() {
        assertThatCode(() -> judge.requireLagAllowed(standby(3, true, false), Optional.of(Duration.ofSeconds(60))))
                .doesNotThrowAnyException();
        assertThatCode(() -> judge.requireLagAllowed(standby(3, true, false), Optional.empty()))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesAGreaterLagForGoodOnceEverythingIsReplayed() {
        assertThatThrownBy(
                        () -> judge.requireLagAllowed(standby(3, false, false), Optional.of(Duration.ofSeconds(252))))
                .matches(FailureType.PROMOTION_REFUSED::is)
                .hasMessageContaining("Cannot promote \"orders-db\" in west: it is 4 min 12 s behind and the runbook"
                        + " allows 60 s. Wait for it to catch up, or raise `maxLag`.");
    }

    @Test
    void triesAgainWhileReceivedLogIsStillBeingReplayed() {
        Standby replaying = new Standby(7, 3, new Lsn(500), new Lsn(100), false, Replay.BUSY, false, true);

        assertThatThrownBy(() -> judge.requireLagAllowed(replaying, Optional.of(Duration.ofSeconds(252))))
                .matches(FailureType.UNAVAILABLE::is)
                .hasMessageContaining("still replaying 400 bytes");
    }

    @Test
    void refusesForGoodWhereOnlyATornRecordIsLeft() {
        Standby torn = new Standby(7, 3, new Lsn(500), new Lsn(100), false, Replay.AWAITS_LOG, false, true);

        assertThatThrownBy(() -> judge.requireLagAllowed(torn, Optional.of(Duration.ofSeconds(252))))
                .matches(FailureType.PROMOTION_REFUSED::is);
    }

    @Test
    void refusesAnotherCluster() {
        assertThatThrownBy(() -> judge.requireLineage(standby(3, true, false), pulse(8, 3)))
                .matches(FailureType.PROMOTION_REFUSED::is)
                .hasMessageContaining("belongs to cluster 7, but the primary to cluster 8");
    }

    @Test
    void refusesAnotherTimeline() {
        assertThatThrownBy(() -> judge.requireLineage(standby(4, false, false), pulse(7, 3)))
                .matches(FailureType.PROMOTION_REFUSED::is)
                .hasMessageContaining("on timeline 4, but the primary was on 3");
        assertThatThrownBy(() -> judge.requireLineage(standby(2, true, false), pulse(7, 3)))
                .matches(FailureType.PROMOTION_REFUSED::is);
    }

    @Test
    void doesNotHoldAnOutdatedControlFileAgainstAStandbyCutOffFromItsPrimary() {
        assertThatCode(() -> judge.requireLineage(standby(2, false, false), pulse(7, 3)))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesAPausedReplay() {
        assertThatThrownBy(() -> judge.requireReplaying(standby(3, true, true)))
                .matches(FailureType.PROMOTION_REFUSED::is)
                .hasMessageContaining("pg_wal_replay_resume()");
    }

    private static Standby standby(long timeline, boolean streaming, boolean paused) {
        return new Standby(7, timeline, new Lsn(100), new Lsn(100), streaming, Replay.AWAITS_LOG, paused, true);
    }

    private static PulseRecord pulse(long system, long timeline) {
        return PulseRecord.empty("orders", "orders-db", "p")
                .acknowledged(new Marker("p", 1, 1000), "east", system, timeline);
    }
}
