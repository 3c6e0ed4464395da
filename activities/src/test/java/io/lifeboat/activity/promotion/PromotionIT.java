package io.lifeboat.activity.promotion;

import static io.lifeboat.activity.database.PostgresPair.EAST;
import static io.lifeboat.activity.database.PostgresPair.WEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.activity.database.DatabaseLook;
import io.lifeboat.activity.database.Eventually;
import io.lifeboat.activity.database.Marker;
import io.lifeboat.activity.database.MarkerSession;
import io.lifeboat.activity.database.PostgresPair;
import io.lifeboat.activity.database.postgresql.PostgresEngine;
import io.lifeboat.activity.epoch.EpochGate;
import io.lifeboat.activity.epoch.RecordingEpochGate;
import io.lifeboat.activity.fence.DatabaseFencer;
import io.lifeboat.activity.pulse.PulseRecord;
import io.lifeboat.activity.pulse.RecordingPulseStore;
import io.lifeboat.runbook.FenceDriver;
import io.lifeboat.runbook.Ledger;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.epoch.Epoch;
import io.lifeboat.workflow.fence.FenceActivities.Fence;
import io.lifeboat.workflow.fence.FenceReceipt;
import io.lifeboat.workflow.promotion.PromotionActivities.Promotion;
import io.lifeboat.workflow.promotion.PromotionReceipt;
import io.lifeboat.workflow.promotion.StandbyReceipt;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Order(1) // among the longest
class PromotionIT {
    private static final Duration BOUND = Duration.ofSeconds(5);
    private static final FenceReceipt POWERED_OFF = new FenceReceipt(EAST, "power", true, "off", List.of());

    private final PostgresEngine engine = new PostgresEngine();
    private final RecordingPulseStore pulses = new RecordingPulseStore();
    private final RecordingPromotionIntents intents = new RecordingPromotionIntents();
    private final RecordingEpochGate gate = new RecordingEpochGate();
    private PostgresPair pair;
    private DefaultPromotionActivities promotion;

    @BeforeEach
    void startPair() {
        pair = PostgresPair.start();
        promotion = activities(gate);
    }

    @AfterEach
    void stopPair() {
        pair.close();
    }

    @Test
    void promotesTheStandbyOfAKilledPrimary() throws SQLException {
        acknowledge(1, 20);
        awaitMarker(20);
        pair.kill(EAST);

        StandbyReceipt checked = promotion.check(request(1));
        PromotionReceipt promoted = promotion.promote(request(1));

        assertThat(checked.alreadyPromoted()).isFalse();
        assertThat(checked.lagSeconds()).contains(0.0);
        assertThat(promoted.timelineBefore()).isEqualTo(1);
        assertThat(promoted.timelineAfter()).isEqualTo(2);
        assertThat(promoted.lsn()).isEqualTo(lineOfHistory());
        assertThat(promoted.seconds()).isBetween(0.0, 5.0);
        assertThat(promoted.markers()).hasValueSatisfying(loss -> {
            assertThat(loss.acknowledged()).isEqualTo(20);
            assertThat(loss.lost()).isZero();
            assertThat(loss.lostSeconds()).isZero();
            assertThat(loss.lastSurviving()).isEqualTo(20);
        });
        try (Connection service = pair.service(WEST)) {
            pair.execute(service, "CREATE TABLE written_afterwards ()");
        }
    }

    @Test
    void promotesAStandbyThatReceivedAPartOfItsLastRecordOnly() throws SQLException {
        acknowledge(1, 20);
        awaitMarker(20);
        killInTheMiddleOfARecord();

        PromotionReceipt promoted = promotion.promote(request(1));

        assertThat(promoted.timelineAfter()).isEqualTo(2);
        assertThat(promoted.lsn()).isEqualTo(lineOfHistory());
        assertThat(promoted.markers())
                .hasValueSatisfying(loss -> assertThat(loss.lost()).isZero());
    }

    /** What an assessment shows, so that the right is granted before it is needed. */
    @Test
    void saysThatTheRoleMayNotSeeWhatTheReplayWaitsFor() throws SQLException {
        assertThat(engine.look(pair.instance(WEST), BOUND).detail()).doesNotContain("pg_read_all_stats");

        try (Connection admin = pair.administrator(EAST, "postgres")) {
            pair.execute(admin, "REVOKE pg_monitor FROM " + PostgresPair.ROLE);
        }

        Eventually.holds(
                BOUND, () -> engine.look(pair.instance(WEST), BOUND).detail().endsWith("grant it pg_read_all_stats"));
    }

    @Test
    void countsAcknowledgedMarkersThatTheStandbyNeverReceived() throws SQLException {
        acknowledge(1, 30);
        awaitMarker(30);
        pair.interruptReplication();
        acknowledge(31, 37);
        pair.kill(EAST);

        PromotionReceipt promoted = promotion.promote(request(1));

        assertThat(promoted.markers()).hasValueSatisfying(loss -> {
            assertThat(loss.acknowledged()).isEqualTo(37);
            assertThat(loss.lost()).isEqualTo(7);
            assertThat(loss.lostSeconds()).isEqualTo(7.0);
            assertThat(loss.lastSurviving()).isEqualTo(30);
        });
    }

    @Test
    void givesTheSameReceiptWhenAskedTwice() {
        acknowledge(1, 5);
        awaitMarker(5);
        pair.kill(EAST);
        PromotionReceipt first = promotion.promote(request(1));
        pulses.forgetAll();

        PromotionReceipt second = promotion.promote(request(1));

        assertThat(second.alreadyPromoted()).isTrue();
        assertThat(second)
                .usingRecursiveComparison()
                .ignoringFields("alreadyPromoted")
                .isEqualTo(first);
        assertThat(promotion.check(request(1)).alreadyPromoted()).isTrue();
    }

    @Test
    void finishesWhatAnAttemptBeganThatDidNotLiveToReport() {
        acknowledge(1, 5);
        awaitMarker(5);
        pair.kill(EAST);
        intents.record(request(1).epoch(), intent(1));
        engine.promote(pair.instance(WEST), () -> {}, BOUND);

        PromotionReceipt promoted = promotion.promote(request(1));

        assertThat(promoted.alreadyPromoted()).isTrue();
        assertThat(promoted.timelineBefore()).isEqualTo(1);
        assertThat(promoted.timelineAfter()).isEqualTo(2);
        assertThat(promoted.markers())
                .hasValueSatisfying(loss -> assertThat(loss.lost()).isZero());
    }

    @Test
    void refusesAPrimaryThatNobodyOfThisEpochPromoted() {
        pair.kill(EAST);
        engine.promote(pair.instance(WEST), () -> {}, BOUND);

        assertThatThrownBy(() -> promotion.promote(request(1)))
                .matches(FailureType.PROMOTION_REFUSED::is)
                .hasMessageContaining("no run of Lifeboat promoted it");
    }

    @Test
    void adoptsWhatALostRunPromotedWhileThePulseStillWritesThere() {
        acknowledge(1, 5);
        awaitMarker(5);
        pair.kill(EAST);
        PromotionReceipt first = promotion.promote(request(1));
        assertThatThrownBy(() -> promotion.promote(request(2)))
                .matches(FailureType.PROMOTION_REFUSED::is)
                .hasMessageContaining("promoted by epoch 1");
        acknowledge(WEST, 6, 8);

        PromotionReceipt second = promotion.promote(request(2));

        assertThat(second)
                .usingRecursiveComparison()
                .ignoringFields("alreadyPromoted")
                .isEqualTo(first);
        assertThat(engine.epoch(pair.instance(WEST), "orders", BOUND))
                .hasValueSatisfying(row -> assertThat(row.number()).isEqualTo(2));
    }

    @Test
    void neverSaysThatNothingWasDoneOnceAnAttemptMayHaveSentTheOrder() throws SQLException {
        acknowledge(1, 1);
        awaitMarker(1);
        pair.interruptReplication();
        acknowledge(2, 253);
        pair.kill(EAST);
        intents.record(request(1).epoch(), intent(1));

        assertThatThrownBy(() -> promotion.promote(request(1)))
                .matches(FailureType.UNAVAILABLE::is)
                .hasMessageContaining("It may be promoted");
    }

    @Test
    void refusesAStandbyThatIsTooFarBehind() throws SQLException {
        acknowledge(1, 1);
        awaitMarker(1);
        pair.interruptReplication();
        acknowledge(2, 253);
        pair.kill(EAST);

        assertThatThrownBy(() -> promotion.promote(request(1)))
                .matches(FailureType.PROMOTION_REFUSED::is)
                .hasMessageContaining("Cannot promote \"orders-db\" in west: it is 4 min 12 s behind and the runbook"
                        + " allows 60 s. Wait for it to catch up, or raise `maxLag`.");
        assertStillStandby();
    }

    @Test
    void refusesAStaleEpochAtTheEffect() {
        pair.kill(EAST);
        gate.moveTo(2);

        assertThatThrownBy(() -> promotion.promote(request(1))).matches(FailureType.STALE_EPOCH::is);
        assertStillStandby();
    }

    @Test
    void refusesAnEpochOlderThanTheOneTheDatabaseKnows() {
        pair.kill(EAST);
        promotion.promote(request(2));

        assertThatThrownBy(() -> activities(epoch -> {}).promote(request(1)))
                .matches(FailureType.STALE_EPOCH::is)
                .hasMessageContaining("epoch 2");
    }

    @Test
    void letsOnlyOneOfTwoWorkersPromote() {
        pair.kill(EAST);
        EpochGate secondWorkerAtTheEffect = epoch ->
                assertThatThrownBy(() -> activities(gate).promote(request(1))).matches(FailureType.CONFLICT::is);

        PromotionReceipt promoted = activities(secondWorkerAtTheEffect).promote(request(1));

        assertThat(promoted.timelineAfter()).isEqualTo(2);
    }

    @Test
    void refusesAFenceProofOfTheRegionItPromotes() {
        FenceReceipt wrong = new FenceReceipt(WEST, "power", true, "off", List.of());

        assertThatThrownBy(() -> promotion.promote(request(1, wrong))).matches(FailureType.PRECONDITION_FAILED::is);
        assertStillStandby();
    }

    @Test
    void losesNothingWhenTheFencedPrimaryStillLivesAndItsFenceWasReplicated() throws SQLException {
        acknowledge(1, 10);
        FenceReceipt fence = new DatabaseFencer(pair.databases(), gate)
                .fence(new Fence(
                        request(1).epoch(),
                        EAST,
                        new FenceDriver.Database(BOUND),
                        List.of(pair.datastore(Duration.ofSeconds(60))),
                        List.of()));

        PromotionReceipt promoted = promotion.promote(request(1, fence));

        assertThat(promoted.markers()).hasValueSatisfying(loss -> {
            assertThat(loss.acknowledged()).isEqualTo(10);
            assertThat(loss.lost()).isZero();
        });
        try (Connection service = pair.service(WEST)) {
            pair.execute(service, "CREATE TABLE written_afterwards ()");
        }
        assertThatThrownBy(() -> pair.service(EAST)).hasMessageContaining("not currently accepting connections");
    }

    private DefaultPromotionActivities activities(EpochGate atTheEffect) {
        return new DefaultPromotionActivities(pair.databases(), atTheEffect, intents, ledger -> pulses);
    }

    private Promotion request(long epoch) {
        return request(epoch, POWERED_OFF);
    }

    private Promotion request(long epoch, FenceReceipt fence) {
        return new Promotion(
                new Epoch("orders", epoch, "failover/orders/1#run-" + epoch, new Ledger(WEST, "ledger")),
                pair.datastore(Duration.ofSeconds(60)),
                WEST,
                fence);
    }

    private PromotionIntent intent(long epoch) {
        DatabaseLook.Standby standby = (DatabaseLook.Standby) engine.look(pair.instance(WEST), BOUND);
        return new PromotionIntent(
                epoch, request(epoch).epoch().run(), "orders-db", WEST, standby.systemIdentifier(), standby.timeline());
    }

    /** A pulse of one marker a second, without the waiting. */
    private void acknowledge(int from, int to) {
        acknowledge(EAST, from, to);
    }

    private void acknowledge(String region, int from, int to) {
        DatabaseLook.Primary primary = (DatabaseLook.Primary) engine.look(pair.instance(region), BOUND);
        PulseRecord record = pulses.load("orders", "orders-db").stream()
                .findFirst()
                .orElse(PulseRecord.empty("orders", "orders-db", "pulse-1"));
        try (MarkerSession session = engine.openMarkers(pair.instance(region), BOUND)) {
            for (int number = from; number <= to; number++) {
                Marker marker = new Marker("pulse-1", number, 1_000_000 + number * 1000L);
                session.write(marker);
                record = record.acknowledged(marker, region, primary.systemIdentifier(), primary.timeline());
                pulses.save(record);
            }
        }
    }

    private void awaitMarker(long number) {
        Eventually.holds(
                BOUND,
                () -> engine.markers(pair.instance(WEST), "pulse-1", 1, BOUND).stream()
                        .anyMatch(marker -> marker.number() == number));
    }

    /** A record longer than a page, of a transaction that goes on, is written up to the end of a page and sent so far. */
    private void killInTheMiddleOfARecord() throws SQLException {
        try (Connection admin = pair.administrator(EAST, "postgres")) {
            pair.execute(admin, "ALTER SYSTEM SET wal_writer_delay = '10ms'");
            pair.execute(admin, "SELECT pg_reload_conf()");
        }
        try (Connection service = pair.service(EAST)) {
            service.setAutoCommit(false);
            Eventually.holds(BOUND, () -> {
                pair.execute(service, "SELECT pg_logical_emit_message(true, 'long', repeat('x', 20000))");
                return endsWithinARecord();
            });
            pair.kill(EAST);
        }
        assertThat(endsWithinARecord()).isTrue();
    }

    private boolean endsWithinARecord() {
        return engine.look(pair.instance(WEST), BOUND) instanceof DatabaseLook.Standby standby
                && standby.replay() == DatabaseLook.Replay.AWAITS_LOG
                && standby.replayed().compareTo(standby.received()) < 0;
    }

    private void assertStillStandby() {
        assertThat(engine.look(pair.instance(WEST), BOUND)).isInstanceOf(DatabaseLook.Standby.class);
    }

    /** Where the new timeline begins, by the server's own history file. */
    private String lineOfHistory() throws SQLException {
        try (Connection admin = pair.administrator(WEST, "postgres");
                Statement statement = admin.createStatement();
                var rows = statement.executeQuery(
                        "SELECT split_part(pg_read_file('pg_wal/00000002.history'), E'\\t', 2)")) {
            rows.next();
            return rows.getString(1);
        }
    }
}
