package io.lifeboat.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lifeboat.runbook.lint.Lint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every runbook that is shipped. */
class CatalogTest {
    private static final ObjectMapper JSON = Json.mapper();

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(Runbooks.CATALOG)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void readsAndLintsClean(Path file) {
        RunbookDocument document = new RunbookReader().read(file);

        assertThat(Lint.findings(document)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void isTheSameAfterATripThroughJson(Path file) throws JsonProcessingException {
        Runbook runbook = new RunbookReader().read(file).runbook();

        Runbook back = JSON.readValue(JSON.writeValueAsString(runbook), Runbook.class);

        assertThat(back).isEqualTo(runbook);
    }

    @ParameterizedTest
    @MethodSource("files")
    void isOnTheClasspathOfTheJar(Path file) throws IOException {
        try (var resource = Runbook.class.getResourceAsStream("catalog/" + file.getFileName())) {
            assertThat(resource).hasBinaryContent(Files.readAllBytes(file));
        }
    }

    @Test
    void travelsWithTheWordsOfTheRunbookAndIsoDurations() {
        JsonNode json = JSON.valueToTree(new RunbookReader()
                .read(Runbooks.CATALOG.resolve("orders.yaml"))
                .runbook());

        assertThat(json.at("/objectives/rto").asText()).isEqualTo("PT15M");
        assertThat(json.at("/datastores/0/kind").asText()).isEqualTo("postgresql");
        assertThat(json.at("/traffic/driver").asText()).isEqualTo("route53-weights");
        assertThat(json.at("/fence/2/driver").asText()).isEqualTo("power");
        assertThat(json.at("/smokeTests/2/kind").asText()).isEqualTo("sql");
        assertThat(json.at("/client/record").asText()).isEqualTo("env:ORDERS_CLIENT_RECORD");
    }

    @Test
    void ignoresFieldsThatANewerWorkerWrote() throws JsonProcessingException {
        Runbook runbook = new RunbookReader()
                .read(Runbooks.CATALOG.resolve("orders.yaml"))
                .runbook();
        String newer = JSON.writeValueAsString(runbook).replaceFirst("\\{", "{\"tier\":\"gold\",");

        assertThat(JSON.readValue(newer, Runbook.class)).isEqualTo(runbook);
    }

    @Test
    void readsTheServiceOrdersAsItIsWritten() {
        Runbook orders = new RunbookReader()
                .read(Runbooks.CATALOG.resolve("orders.yaml"))
                .runbook();

        assertThat(orders.objectives())
                .isEqualTo(new Objectives(
                        Duration.ofMinutes(15),
                        Duration.ofMinutes(5),
                        Optional.of(new Objectives.Restore(Duration.ofMinutes(30), Duration.ofHours(1)))));
        assertThat(orders.regions()).isEqualTo(new Regions("us-east-1", "us-west-2"));
        assertThat(orders.workloads()).contains(new Workload.Deployment("orders-api", "orders", 3));
        assertThat(orders.fence()).contains(new FenceDriver.Database(Duration.ofSeconds(2)));
        assertThat(orders.traffic().in("us-west-2").weight()).isZero();
        assertThat(orders.datastores().getFirst().backups())
                .extracting(BackupPolicy::name)
                .containsExactly("nightly", "base");
    }
}
