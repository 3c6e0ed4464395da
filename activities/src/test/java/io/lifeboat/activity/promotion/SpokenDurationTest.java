package io.lifeboat.activity.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpokenDurationTest {
    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 s",
        "PT60S, 60 s",
        "PT99S, 99 s",
        "PT2M, 2 min",
        "PT4M12S, 4 min 12 s",
        "PT2H5M3S, 2 h 5 min",
        "PT3H, 3 h"
    })
    void readsAsAPersonWouldSayIt(Duration duration, String spoken) {
        assertThat(SpokenDuration.of(duration)).isEqualTo(spoken);
    }
}
