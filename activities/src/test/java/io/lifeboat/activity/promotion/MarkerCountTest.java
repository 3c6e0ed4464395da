package io.lifeboat.activity.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifeboat.activity.database.Marker;
import io.lifeboat.activity.pulse.PulseRecord;
import io.lifeboat.workflow.promotion.PromotionReceipt.MarkerLoss;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MarkerCountTest {
    @Test
    void findsNothingMissingWhereEverythingSurvived() {
        MarkerCount count = count(pulse("p", 0, 1, 10));

        assertThat(count.loss(held("p", 1, 10))).isEqualTo(new MarkerLoss(10, 0, 0.0, 10));
    }

    @Test
    void countsWhatIsMissingAtTheEnd() {
        MarkerCount count = count(pulse("p", 0, 1, 10));

        assertThat(count.loss(held("p", 1, 7))).isEqualTo(new MarkerLoss(10, 3, 3.0, 7));
    }

    @Test
    void doesNotCountMarkersThatWereNeverAcknowledged() {
        PulseRecord withGap = extend(pulse("p", 0, 1, 4), "east", 0, 7, 10);

        assertThat(count(withGap).loss(held("p", 1, 12))).isEqualTo(new MarkerLoss(8, 0, 0.0, 10));
    }

    @Test
    void ignoresWhatThePromotedRegionItselfAcknowledged() {
        PulseRecord goneOn = extend(pulse("p", 0, 1, 10), "west", 0, 11, 20);
        List<Marker> held = LongStream.concat(LongStream.rangeClosed(1, 6), LongStream.rangeClosed(11, 20))
                .mapToObj(number -> new Marker("p", number, number * 1000))
                .toList();

        assertThat(count(goneOn).loss(held)).isEqualTo(new MarkerLoss(10, 4, 4.0, 6));
    }

    @Test
    void losesAllThatIsRememberedWhereNothingSurvived() {
        assertThat(count(pulse("p", 0, 1, 10)).loss(List.of())).isEqualTo(new MarkerLoss(10, 10, 9.0, 0));
    }

    @Test
    void measuresLagAgainstTheNewestReplayedMarker() {
        MarkerCount count = count(pulse("p", 0, 1, 300));

        assertThat(count.lag(held("p", 1, 48))).isEqualTo(Duration.ofSeconds(252));
        assertThat(count.lag(held("p", 1, 301))).isZero();
    }

    @Test
    void takesTheFullestOfThePulsesThatLivedToTheEnd() {
        PulseRecord stoppedEarlier = pulse("stopped", 0, 1, 900);
        PulseRecord restartedLate = pulse("late", 940_000, 1, 60);
        PulseRecord full = pulse("full", 600_000, 1, 400);

        MarkerCount chosen = MarkerCount.of(List.of(stoppedEarlier, restartedLate, full), "west")
                .orElseThrow();

        assertThat(chosen.pulse().pulse()).isEqualTo("full");
    }

    @Test
    void isAbsentWhereNoPulseRan() {
        assertThat(MarkerCount.of(List.of(), "west")).isEmpty();
        assertThat(MarkerCount.of(List.of(PulseRecord.empty("orders", "orders-db", "p")), "west"))
                .isEmpty();
    }

    private static MarkerCount count(PulseRecord pulse) {
        return MarkerCount.of(List.of(pulse), "west").orElseThrow();
    }

    private static PulseRecord pulse(String name, long startMillis, long from, long to) {
        return extend(PulseRecord.empty("orders", "orders-db", name), "east", startMillis, from, to);
    }

    private static PulseRecord extend(PulseRecord pulse, String region, long startMillis, long from, long to) {
        PulseRecord extended = pulse;
        for (long number = from; number <= to; number++) {
            Marker marker = new Marker(pulse.pulse(), number, startMillis + number * 1000);
            extended = extended.acknowledged(marker, region, 7, 1);
        }
        return extended;
    }

    private static List<Marker> held(String pulse, long from, long to) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(number -> new Marker(pulse, number, number * 1000))
                .toList();
    }
}
