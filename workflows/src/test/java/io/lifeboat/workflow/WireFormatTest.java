package io.lifeboat.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.lifeboat.runbook.Datastore;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireFormatTest {

    /** Histories from before a datastore had backup policies hold a "backup", which may be null. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ", \"backup\": null",
                ", \"backup\": { \"every\": \"PT1H\", \"region\": \"us-west-2\", \"bucket\": \"orders-backups\" }",
                ", \"backups\": null",
                ", \"backups\": []"
            })
    void readsTheDatastoresOfOlderHistories(String backup) throws JsonProcessingException {
        String json = "{\"name\": \"orders-db\", \"kind\": \"postgresql\", \"instances\": [], \"maxLag\": \"PT1M\"%s}"
                .formatted(backup);

        Datastore datastore = WireFormat.mapper().readValue(json, Datastore.class);

        assertThat(datastore.maxLag()).isEqualTo(Duration.ofMinutes(1));
        assertThat(datastore.backups()).isEmpty();
    }
}
