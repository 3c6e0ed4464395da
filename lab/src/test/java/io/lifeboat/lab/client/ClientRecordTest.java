package io.lifeboat.lab.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifeboat.lab.http.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClientRecordTest {

    private static final long STARTED = Duration.ofSeconds(1000).toNanos();
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.5Z");

    @Test
    void saysNullWhereNothingIsKnown() {
        ClientRecord record = ClientRecord.of("customer", STARTED, 7, Optional.empty(), Optional.empty(), true);

        assertThat(json(record))
                .isEqualTo(
                        "{\"schemaVersion\":1,\"client\":\"customer\",\"acknowledged\":7,\"lost\":0,\"lostSeconds\":null,"
                                + "\"outage\":null,\"answering\":true}");
    }

    @Test
    void countsSecondsFromTheClientsStart() {
        Outage outage = new Outage(NOON, STARTED + 2_000_000_000L, STARTED + 3_500_001_000L, false);

        ClientRecord record = ClientRecord.of(
                "customer", STARTED, 7, Optional.of(outage), Optional.of(new Loss(2, 40_000_000)), true);

        assertThat(json(record))
                .isEqualTo(
                        "{\"schemaVersion\":1,\"client\":\"customer\",\"acknowledged\":7,\"lost\":2,\"lostSeconds\":0.04,"
                                + "\"outage\":{\"startedAt\":\"2026-11-21T12:00:00.500Z\",\"lastGoodSeconds\":2.0,"
                                + "\"firstGoodSeconds\":3.500001,\"seconds\":1.500001,\"open\":false},\"answering\":true}");
    }

    private static String json(ClientRecord record) {
        return Json.write(record);
    }
}
