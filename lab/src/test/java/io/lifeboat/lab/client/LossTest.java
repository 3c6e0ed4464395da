package io.lifeboat.lab.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LossTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final long STARTED = 50;

    /** Acknowledged at 100, 200, 300, 400 before the outage from 400 to 900, and at 900 and 1000 after it. */
    private static final List<Acknowledged> ORDERS = IntStream.of(100, 200, 300, 400, 900, 1000)
            .mapToObj(LossTest::order)
            .toList();

    private static final Outage OUTAGE = new Outage(NOON, 400, 900, false);

    @Test
    void losesNothingWhenNothingIsMissing() {
        assertThat(lossOf()).isEqualTo(new Loss(0, 0));
    }

    @Test
    void reachesFromTheLastOrderBackToTheLastSurvivor() {
        assertThat(lossOf(3, 4)).isEqualTo(new Loss(2, 200));
    }

    @Test
    void reachesBackToTheClientsStartWhenNothingSurvives() {
        assertThat(lossOf(1, 2, 3, 4)).isEqualTo(new Loss(4, 350));
    }

    @Test
    void isNotMadeSmallerByALateSurvivor() {
        assertThat(lossOf(2)).isEqualTo(new Loss(1, 300));
    }

    @Test
    void countsAnOrderThatTheNewRegionLostWithoutStretchingTheInterval() {
        assertThat(lossOf(5)).isEqualTo(new Loss(1, 0));
    }

    @Test
    void ignoresMissingKeysThatWereNeverAcknowledged() {
        assertThat(Loss.of(OUTAGE, STARTED, ORDERS, Set.of(new UUID(7, 7)))).isEqualTo(new Loss(0, 0));
    }

    @Test
    void losesNothingWhenNothingWasAcknowledged() {
        assertThat(Loss.of(OUTAGE, STARTED, List.of(), Set.of())).isEqualTo(new Loss(0, 0));
    }

    @Test
    void agreesWithTheDefinitionOnEverySetOfMissingOrders() {
        for (int bits = 0; bits < 1 << ORDERS.size(); bits++) {
            Set<UUID> missing = new HashSet<>();
            int lost = 0;
            for (int i = 0; i < ORDERS.size(); i++) {
                if ((bits & 1 << i) != 0) {
                    missing.add(ORDERS.get(i).key());
                    lost++;
                }
            }
            int firstLost = Integer.numberOfTrailingZeros(bits);
            long lastSurviving = firstLost >= 4 ? 400 : firstLost == 0 ? STARTED : firstLost * 100L;
            assertThat(Loss.of(OUTAGE, STARTED, ORDERS, missing))
                    .as("missing %s", Integer.toBinaryString(bits))
                    .isEqualTo(new Loss(lost, 400 - lastSurviving));
        }
    }

    /** Orders counted from 1. */
    private static Loss lossOf(int... missing) {
        Set<UUID> keys = new HashSet<>();
        IntStream.of(missing).forEach(number -> keys.add(ORDERS.get(number - 1).key()));
        return Loss.of(OUTAGE, STARTED, ORDERS, keys);
    }

    private static Acknowledged order(long nanos) {
        return new Acknowledged(new UUID(0, nanos), nanos, "us-east-1", nanos, NOON);
    }
}
