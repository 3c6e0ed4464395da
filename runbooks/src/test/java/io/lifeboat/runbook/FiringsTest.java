package io.lifeboat.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FiringsTest {
    private static final String BERLIN = "Europe/Berlin";

    @ParameterizedTest
    @CsvSource({
        "0 2 * * *, UTC, 1d, 1d",
        "0 0 * * *, UTC, 1d, 1d",
        "* * * * *, UTC, 1m, 1m",
        "* * * * *, Europe/Berlin, 1m, 1h1m",
        "0 */6 * * *, UTC, 6h, 6h",
        "0 1 * * *, Europe/Berlin, 23h, 1d1h",
        "30 2 * * *, Europe/Berlin, 1d, 1d23h",
        "0 4 * * 0, UTC, 7d, 7d",
        "0 2 * * 1-5, UTC, 1d, 3d",
        "0 0 29 2 *, UTC, 1461d, 1461d",
        "0 0 1 * *, UTC, 28d, 31d",
        "0 0 1-7 * sun, UTC, 28d, 35d",
        "30 2 * * *, Asia/Kolkata, 1d, 1d"
    })
    void knowsTheGapsBetweenFirings(String cron, String zone, String shortest, String longest) {
        Firings.Gaps gaps = firings(cron, zone).gaps().orElseThrow();

        assertThat(DurationText.of(gaps.shortest())).isEqualTo(shortest);
        assertThat(DurationText.of(gaps.longest())).isEqualTo(longest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 0 31 2 *", "0 0 30 2 *", "0 0 31 4,6,9,11 *"})
    void knowsWhatNeverComes(String cron) {
        assertThat(firings(cron, "UTC").gaps()).isEmpty();
    }

    @Test
    void leavesOutATimeThatTheClocksSkip() {
        assertThat(firings("30 1-3 * * *", BERLIN).on(LocalDate.of(2027, 3, 28)))
                .containsExactly(Instant.parse("2027-03-28T00:30:00Z"), Instant.parse("2027-03-28T01:30:00Z"));
    }

    @Test
    void countsATimeThatTheClocksRepeatOnce() {
        assertThat(firings("30 2 * * *", BERLIN).on(LocalDate.of(2027, 10, 31)))
                .containsExactly(Instant.parse("2027-10-31T00:30:00Z"));
    }

    @Test
    void wantsADayOfTheMonthAndADayOfTheWeekToMatchBoth() {
        Firings firstSunday = firings("0 0 1-7 * sun", "UTC");

        assertThat(firstSunday.on(LocalDate.of(2027, 5, 2))).hasSize(1);
        assertThat(firstSunday.on(LocalDate.of(2027, 5, 3))).isEmpty();
        assertThat(firstSunday.on(LocalDate.of(2027, 5, 9))).isEmpty();
    }

    private static Firings firings(String cron, String zone) {
        return new Firings(CronExpression.parse(cron), ZoneId.of(zone));
    }
}
