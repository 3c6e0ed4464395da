package io.lifeboat.activity.pulse;

import static io.lifeboat.activity.database.PostgresPair.EAST;
import static io.lifeboat.activity.database.PostgresPair.WEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.lifeboat.activity.database.Eventually;
import io.lifeboat.activity.database.Marker;
import io.lifeboat.activity.database.PostgresPair;
import io.lifeboat.activity.database.postgresql.PostgresEngine;
import io.lifeboat.activity.promotion.DefaultPromotionActivities;
import io.lifeboat.activity.promotion.RecordingPromotionIntents;
import io.lifeboat.runbook.Ledger;
import io.lifeboat.workflow.epoch.Epoch;
import io.lifeboat.workflow.fence.FenceReceipt;
import io.lifeboat.workflow.promotion.PromotionActivities.Promotion;
import io.lifeboat.workflow.promotion.PromotionReceipt;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_ERR)
class MarkerPulseIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration BOUND = Duration.ofSeconds(5);

    private final PostgresEngine engine = new PostgresEngine();
    private final RecordingPulseStore store = new RecordingPulseStore();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final PrintStream standardError = System.err;
    private PostgresPair pair;

    @BeforeEach
    void startPair() {
        pair = PostgresPair.start();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stopPair() {
        System.setErr(standardError);
        pair.close();
    }

    @Test
    void countsWhatIsLostWhenThePrimaryIsKilledUnderLoadAndGoesOnInTheOther() throws SQLException {
        try (Connection service = pair.service(EAST)) {
            pair.execute(service, "CREATE TABLE load AS SELECT generate_series(1, 200000) AS n");
        }
        try (MarkerPulse pulse = pulse(Duration.ofMillis(5))) {
            pulse.start();
            awaitHighest(50);
            pair.interruptReplication();
            awaitHighest(store.highest() + 5);
            pair.kill(EAST);
            // The kill may leave one acknowledgement on its way into the store.
            Eventually.holds(PATIENCE, () -> logged().contains("writes nothing"));
            Set<Long> acknowledged = numbers(store.newest());

            PromotionReceipt promoted = promote();
            long atPromotion = acknowledged.stream().mapToLong(n -> n).max().orElseThrow();
            awaitHighest(atPromotion + 20);

            Set<Long> surviving = engine.markers(pair.instance(WEST), "pulse-1", 1, BOUND).stream()
                    .map(Marker::number)
                    .filter(acknowledged::contains)
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(promoted.markers()).hasValueSatisfying(loss -> {
                assertThat(loss.acknowledged()).isEqualTo(acknowledged.size());
                assertThat(loss.lost())
                        .isEqualTo(acknowledged.size() - surviving.size())
                        .isGreaterThanOrEqualTo(5);
                assertThat(loss.lostSeconds()).isPositive();
            });
            assertThat(store.newest().newest().orElseThrow().region()).isEqualTo(WEST);
            assertThat(store.newest().timeline()).isEqualTo(2);
        }
        assertThat(logged()).doesNotContain(PostgresPair.CANARY, "c4nary");
    }

    @Test
    void continuesItsNumbersAfterARestartAndPausesWhileTheDatabaseIsFenced() {
        try (MarkerPulse pulse = pulse(Duration.ofMillis(5))) {
            pulse.start();
            awaitHighest(10);
        }
        long before = store.highest();
        try (MarkerPulse pulse = pulse(Duration.ofMillis(5))) {
            pulse.start();
            awaitHighest(before + 10);

            assertThat(engine.fence(pair.instance(EAST), () -> {}, BOUND).proven())
                    .isTrue();
            Eventually.holds(PATIENCE, () -> logged().contains("no instance is a primary that accepts connections"));
            long fenced = store.highest();
            engine.lift(pair.instance(EAST), () -> {}, BOUND);
            awaitHighest(fenced + 10);
        }

        List<Long> held = engine.markers(pair.instance(EAST), "pulse-1", 1, BOUND).stream()
                .map(Marker::number)
                .toList();
        assertThat(held).containsAll(numbers(store.newest()));
        assertThat(logged().lines().filter(line -> line.contains("writes markers in east")))
                .as("one line a change of state, not one a second")
                .hasSize(3);
    }

    private MarkerPulse pulse(Duration interval) {
        return new MarkerPulse("pulse-1", "orders", pair.datastore(PATIENCE), pair.databases(), store, interval);
    }

    private PromotionReceipt promote() {
        return new DefaultPromotionActivities(
                        pair.databases(), epoch -> {}, new RecordingPromotionIntents(), ledger -> store)
                .promote(new Promotion(
                        new Epoch("orders", 1, "failover/orders/1#run", new Ledger(WEST, "ledger")),
                        pair.datastore(Duration.ofMinutes(1)),
                        WEST,
                        new FenceReceipt(EAST, "power", true, "off", List.of())));
    }

    private void awaitHighest(long number) {
        Eventually.holds(PATIENCE, () -> store.highest() >= number);
    }

    private String logged() {
        return log.toString(StandardCharsets.UTF_8);
    }

    private static Set<Long> numbers(PulseRecord pulse) {
        return pulse.spans().stream()
                .flatMapToLong(span -> LongStream.rangeClosed(span.from(), span.to()))
                .boxed()
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
