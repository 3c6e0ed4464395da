package io.lifeboat.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.lifeboat.lab.LabState.BackupKeys;
import io.lifeboat.lab.LabState.Credentials;
import io.lifeboat.lab.LabState.KeyHolder;
import io.lifeboat.lab.LabState.Kubernetes;
import io.lifeboat.lab.LabState.Outside;
import io.lifeboat.lab.LabState.Region;
import io.lifeboat.lab.LabState.Temporal;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerSettingsTest {

    private static final LabFolder FOLDER = new LabFolder("test", Path.of("/labs/test"));
    private static final LabState STATE = new LabState(
            "test",
            "/labs/test",
            Kubernetes.IN_PROCESS,
            new Outside("127.9.0.1", 8053, 5353, 8623, 8081),
            List.of(
                    new Region("us-east-1", true, "127.9.1.1", 5432, 11_006, 6443, 8080),
                    new Region("us-west-2", false, "127.9.2.1", 5432, 12_006, 6443, 8080)),
            new Temporal("127.0.0.1:7233", "http://127.0.0.1:8233", "default"),
            new Credentials(
                    "lifeboat",
                    "database-secret",
                    "access",
                    "object-secret",
                    new BackupKeys(
                            List.of(
                                    new KeyHolder("us-west-2", "age1west", "AGE-SECRET-KEY-1WEST"),
                                    new KeyHolder("escrow", "age1escrow", "AGE-SECRET-KEY-1ESCROW")),
                            "signing-secret",
                            "signing-public")));

    @Test
    void tellsTheWorkerWhereEachRegionAnswers() throws Exception {
        JsonNode lifeboat = new YAMLMapper()
                .readTree(WorkerSettings.render(STATE, FOLDER, Path.of("/postgresql/bin"), 8090))
                .path("lifeboat");

        assertThat(lifeboat.at("/regions/us-east-1/kubernetes/url").asText()).isEqualTo("http://127.9.1.1:6443");
        assertThat(lifeboat.at("/regions/us-west-2/object-store/endpoint").asText())
                .isEqualTo("http://127.9.2.1:12006");
        assertThat(lifeboat.at("/route53/endpoint").asText()).isEqualTo("http://127.9.0.1:8053");
        assertThat(lifeboat.at("/route53/nameservers/0").asText()).isEqualTo("127.9.0.1:5353");
        assertThat(lifeboat.at("/runbooks").asText()).isEqualTo("/labs/test/runbooks");
        assertThat(lifeboat.at("/reports/directory").asText()).isEqualTo("/labs/test/reports");
    }

    @Test
    void tellsTheWorkerWhereToListen() throws Exception {
        JsonNode settings =
                new YAMLMapper().readTree(WorkerSettings.render(STATE, FOLDER, Path.of("/postgresql/bin"), 8090));

        assertThat(settings.at("/server/port").asInt()).isEqualTo(8090);
        assertThat(settings.path("spring.temporal.connection.target").asText()).isEqualTo("127.0.0.1:7233");
    }

    @Test
    void holdsNoSecret() {
        assertThat(WorkerSettings.render(STATE, FOLDER, Path.of("/postgresql/bin"), 8090))
                .contains("env:LAB_SECRET_KEY")
                .contains("env:LAB_AGE_IDENTITY", "env:LAB_SIGNING_KEY", "age1escrow")
                .doesNotContain("object-secret", "database-secret", "signing-secret", "AGE-SECRET-KEY");
    }

    @Test
    void givesTheRunbooksReferencesTheirValues() {
        assertThat(LabEnvironment.of(STATE))
                .containsEntry("ORDERS_DB_US_WEST_2", "postgresql://lifeboat:database-secret@127.9.2.1:5432/orders")
                .containsEntry("ORDERS_ADDRESS_US_EAST_1", "127.9.1.1")
                .containsEntry("ORDERS_PORT", "8080")
                .containsEntry("FENCE_AGENT_US_EAST_1", "http://127.9.0.1:8623/regions/us-east-1")
                .containsEntry("ORDERS_CLIENT_RECORD", "http://127.9.0.1:8081/record")
                .containsEntry("LAB_AGE_IDENTITY", "AGE-SECRET-KEY-1WEST")
                .doesNotContainValue("AGE-SECRET-KEY-1ESCROW")
                .containsEntry("TEMPORAL_ADDRESS", "127.0.0.1:7233");
    }

    @Test
    void suggestsTheNearestWord() {
        assertThat(NearestWord.to("us-weast-2", List.of("us-east-1", "us-west-2")))
                .isEqualTo("us-west-2");
        assertThat(NearestWord.to("east", List.of("us-east-1", "us-west-2"))).isEqualTo("us-east-1");
    }
}
