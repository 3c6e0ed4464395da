package io.lifeboat.workflow.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecondsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0.00 s",
        "0.004, 0.00 s",
        "0.42, 0.42 s",
        "9.994, 9.99 s",
        "9.996, 10.0 s",
        "59.94, 59.9 s",
        "59.96, 1 min",
        "252, 4 min 12 s",
        "3599.4, 59 min 59 s",
        "3599.6, 1 h",
        "3780, 1 h 3 min",
        "90000, 25 h",
        "-2.5, −2.50 s"
    })
    void areWrittenAsPeopleReadThem(double seconds, String text) {
        assertThat(Seconds.text(seconds)).isEqualTo(text);
    }

    @Test
    void areWholeInObjectives() {
        assertThat(Seconds.text(Duration.ofMinutes(15))).isEqualTo("15 min");
        assertThat(Seconds.text(Duration.ofSeconds(5))).isEqualTo("5 s");
        assertThat(Seconds.text(Duration.ofMillis(250))).isEqualTo("0.25 s");
    }
}
