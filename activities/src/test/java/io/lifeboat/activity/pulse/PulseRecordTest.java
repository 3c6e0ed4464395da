package io.lifeboat.activity.pulse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.lifeboat.activity.database.Marker;
import io.lifeboat.workflow.WireFormat;
import org.junit.jupiter.api.Test;

class PulseRecordTest {
    private PulseRecord pulse = PulseRecord.empty("orders", "orders-db", "pulse-1");

    @Test
    void joinsConsecutiveNumbersAndLeavesAGapOpen() {
        acknowledge("east", 1, 5);
        acknowledge("east", 8, 9);

        assertThat(pulse.spans())
                .containsExactly(
                        new PulseRecord.Span("east", 1, 5, 1000, 5000), new PulseRecord.Span("east", 8, 9, 8000, 9000));
        assertThat(pulse.highest()).isEqualTo(9);
    }

    @Test
    void keepsRegionsApart() {
        acknowledge("east", 1, 3);
        acknowledge("west", 4, 5);

        assertThat(pulse.outside("west")).containsExactly(new PulseRecord.Span("east", 1, 3, 1000, 3000));
    }

    @Test
    void remembersFifteenMinutesInFewSpans() {
        acknowledge("east", 1, 7200);

        assertThat(pulse.spans()).hasSizeBetween(15, 17);
        assertThat(pulse.spans().getFirst().toMillis()).isGreaterThanOrEqualTo(7_200_000 - PulseRecord.WINDOW_MILLIS);
        assertThat(pulse.spans().stream().mapToLong(PulseRecord.Span::count).sum())
                .isBetween(900L, 960L);
    }

    @Test
    void travelsAsJson() throws Exception {
        ObjectMapper json = WireFormat.mapper();
        acknowledge("east", 1, 3);

        String written = json.writeValueAsString(pulse);

        assertThat(json.readValue(written, PulseRecord.class)).isEqualTo(pulse);
        assertThat(written).doesNotContain("highest", "count", "newest");
    }

    private void acknowledge(String region, int from, int to) {
        for (int number = from; number <= to; number++) {
            pulse = pulse.acknowledged(new Marker("pulse-1", number, number * 1000L), region, 7, 1);
        }
    }
}
