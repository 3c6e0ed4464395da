package io.lifeboat.activity.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DatedKeysTest {
    @Test
    void keysAreAsOldAsTheirOwnerSays() {
        KeyAges dated =
                new DatedKeys(Map.of("us-west-2", LocalDate.of(2026, 8, 1), "escrow", LocalDate.of(2026, 1, 1)));

        assertThat(dated.read())
                .containsExactly(
                        new KeyAge.Known("escrow", "escrow", Instant.parse("2026-01-01T00:00:00Z")),
                        new KeyAge.Known("us-west-2", "us-west-2", Instant.parse("2026-08-01T00:00:00Z")));
    }

    @Test
    void keyIsDueAfterNinetyDays() {
        KeyAge.Known key = (KeyAge.Known)
                new DatedKeys(Map.of("escrow", LocalDate.of(2026, 8, 1))).read().getFirst();

        assertThat(key.isDue(Instant.parse("2026-10-29T23:59:59Z"), Duration.ofDays(90)))
                .isFalse();
        assertThat(key.isDue(Instant.parse("2026-10-30T00:00:00Z"), Duration.ofDays(90)))
                .isTrue();
    }
}
