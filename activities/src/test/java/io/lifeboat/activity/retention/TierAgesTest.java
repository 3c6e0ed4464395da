package io.lifeboat.activity.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TierAgesTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "2026-11-21T13:00:00Z, STANDARD",
        "2026-10-22T12:00:01Z, STANDARD",
        "2026-10-22T12:00:00Z, STANDARD_IA",
        "2026-08-23T12:00:01Z, STANDARD_IA",
        "2026-08-23T12:00:00Z, GLACIER_IR",
        "2019-11-21T12:00:00Z, GLACIER_IR"
    })
    void changesTheTierAtTheGivenAges(Instant takenAt, String storageClass) {
        TierAges ages = new TierAges(Duration.ofDays(30), Duration.ofDays(90));

        assertThat(ages.tierAt(NOW, takenAt).storageClass()).isEqualTo(storageClass);
    }

    @Test
    void leavesTheWarmTierOutWhenTheAgesAreEqual() {
        TierAges ages = new TierAges(Duration.ofDays(90), Duration.ofDays(90));

        assertThat(ages.tierAt(NOW, NOW.minus(Duration.ofDays(90)))).isEqualTo(StorageTier.COLD);
        assertThat(ages.tierAt(NOW, NOW.minus(Duration.ofDays(89)))).isEqualTo(StorageTier.HOT);
    }

    @Test
    void refusesAgesOutOfOrder() {
        assertThatIllegalArgumentException().isThrownBy(() -> new TierAges(Duration.ofDays(90), Duration.ofDays(30)));
        assertThatIllegalArgumentException().isThrownBy(() -> new TierAges(Duration.ofDays(-1), Duration.ofDays(30)));
    }
}
