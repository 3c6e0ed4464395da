package io.lifeboat.activity.metric;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifeboat.activity.encryption.KeyAge;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class KeyAgeWatchTest {
    private static final KeyAge KNOWN = new KeyAge.Known("us-west-2", "arn", Instant.parse("2026-08-01T00:00:00Z"));
    private static final KeyAge UNKNOWN = new KeyAge.Unknown("us-west-2", "arn", "the KMS of us-west-2 did not answer");

    private final AtomicReference<KeyAge> answer = new AtomicReference<>(KNOWN);
    private final KeyAgeWatch watch = new KeyAgeWatch(
            Map.of("critical", () -> List.of(answer.get())), Duration.ofHours(1), Duration.ofMinutes(1));

    @Test
    void saysNothingBeforeItsFirstLook() {
        assertThat(watch.figures()).isEmpty();
    }

    @Test
    void saysOfEachKeyWhatTheNewestLookHasFound() {
        watch.look();
        assertThat(watch.figures()).containsExactly(new KeyFigures("critical", KNOWN));

        answer.set(UNKNOWN);
        watch.look();
        assertThat(watch.figures()).containsExactly(new KeyFigures("critical", UNKNOWN));
    }

    @Test
    void looksByItselfOnceItHasStarted() {
        try (watch) {
            watch.start();

            long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (watch.figures().isEmpty()) {
                assertThat(System.nanoTime()).isLessThan(deadline);
                Thread.onSpinWait();
            }
        }
        assertThat(watch.figures()).hasSize(1);
    }
}
