package io.lifeboat.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

    @ParameterizedTest
    @CsvSource({
        "15m,PT15M",
        "90s,PT90S",
        "250ms,PT0.25S",
        "1h30m,PT90M",
        "2d,PT48H",
        "0s,PT0S",
        "1d2h3m4s5ms,PT26H3M4.005S"
    })
    void readsUnits(String text, Duration duration) {
        assertThat(DurationText.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "250ms", "1m30s", "1h30m", "1d", "2d4h", "1s1ms"})
    void writesWhatItReads(String text) {
        assertThat(DurationText.of(DurationText.parse(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "60", "m", "15 m", "-5m", "1.5h", "30m1h", "PT5M", "99999999999s"})
    void refusesAnythingElse(String text) {
        assertThatThrownBy(() -> DurationText.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "\"" + text + "\" is not a duration. Write it with units, such as 15m, 90s, 250ms or 1h30m.");
    }
}
