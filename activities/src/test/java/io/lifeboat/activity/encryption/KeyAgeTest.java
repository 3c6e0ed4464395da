package io.lifeboat.activity.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class KeyAgeTest {
    private static final Instant MADE = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration LIMIT = Duration.ofDays(90);

    private final KeyAge.Known age = new KeyAge.Known("us-east-1", "arn", MADE);

    @Test
    void keyIsDueOnTheDayOfItsLimitAndNotBefore() {
        Instant limit = Instant.parse("2026-04-01T00:00:00Z");

        assertThat(age.isDue(limit.minusMillis(1), LIMIT)).isFalse();
        assertThat(age.isDue(limit, LIMIT)).isTrue();
        assertThat(age.isDue(limit.plus(LIMIT), LIMIT)).isTrue();
    }

    @Test
    void keyOfTomorrowIsNotDue() {
        assertThat(age.isDue(MADE.minus(Duration.ofDays(1)), LIMIT)).isFalse();
    }

    @Test
    void dueIsAMatterOfAgeAndLimitAlone() {
        assertThat(KeyAge.Known.isDue(Duration.ofDays(90), LIMIT)).isTrue();
        assertThat(KeyAge.Known.isDue(Duration.ofDays(89), LIMIT)).isFalse();
    }
}
