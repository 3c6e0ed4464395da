package io.lifeboat.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.lifeboat.runbook.Runbook;
import io.lifeboat.runbook.RunbookReader;
import io.lifeboat.runbook.Workload;
import io.lifeboat.workflow.SearchAttributes;
import io.temporal.common.SearchAttributeKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As far as deployment files can be checked without running them. */
class DeploymentTest {
    private static final JsonNode COMPOSE =
            Repository.yaml("docker-compose.yml").getFirst();
    private static final JsonNode SERVICES = COMPOSE.path("services");
    private static final String ORDERS = "runbooks/catalog/orders.yaml";

    @Test
    void everyServiceWaitsForSomethingThatCanHappen() {
        SERVICES.properties()
                .forEach(service -> service.getValue()
                        .path("depends_on")
                        .properties()
                        .forEach(dependency -> {
                            JsonNode target = SERVICES.path(dependency.getKey());
                            String what = service.getKey() + " -> " + dependency.getKey();
                            assertThat(target.isObject()).as(what).isTrue();
                            switch (dependency.getValue().path("condition").asText()) {
                                case "service_healthy" ->
                                    assertThat(target.has("healthcheck"))
                                            .as(what)
                                            .isTrue();
                                case "service_completed_successfully" ->
                                    assertThat(target.path("restart").asText())
                                            .as(what)
                                            .startsWith("on-failure");
                                default -> fail(what + " waits for a condition nobody knows");
                            }
                        }));
    }

    @Test
    void everyImageIsPinned() {
        List<String> images = new ArrayList<>();
        SERVICES.forEach(service -> images.add(service.path("image").asText()));
        images.addAll(Repository.matches("(?m)^FROM (\\S+)", Repository.text("deploy/Dockerfile")));
        Repository.yaml("deploy/kubernetes/worker.yaml")
                .forEach(object -> object.findValues("image").forEach(image -> images.add(image.asText())));

        assertThat(images)
                .hasSizeGreaterThanOrEqualTo(SERVICES.size() + 2)
                .allMatch(image -> image.matches("[a-z/-]+:\\d+\\.\\d+[\\w.-]*"), "has a full version");
    }

    @Test
    void portsAreOpenOnLoopbackOnly() {
        List<String> ports = new ArrayList<>();
        SERVICES.forEach(service -> service.path("ports").forEach(port -> ports.add(port.asText())));

        assertThat(ports).isNotEmpty().allMatch(port -> port.matches("127\\.0\\.0\\.1:\\d+:\\d+"));
        assertThat(ports).extracting(port -> port.split(":", -1)[1]).doesNotHaveDuplicates();
    }

    @Test
    void everyVolumeIsAFileOfOursOrIsDeclared() {
        TreeSet<String> used = new TreeSet<>();
        for (JsonNode service : SERVICES) {
            for (JsonNode volume : service.path("volumes")) {
                String source = volume.asText().split(":", -1)[0];
                if (source.startsWith("./")) {
                    assertThat(Repository.path(source)).exists();
                } else {
                    used.add(source);
                }
            }
        }

        assertThat(COMPOSE.path("volumes").properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrderElementsOf(used);
        assertThat(Repository.path(SERVICES.at("/worker/build/dockerfile").asText()))
                .isRegularFile();
    }

    @Test
    void secretsComeFromTheEnvironment() {
        SERVICES.forEach(service -> service.path("environment").properties().forEach(variable -> {
            if (variable.getKey().matches(".*(PASSWORD|PWD|SECRET|KEY|TOKEN).*")) {
                assertThat(variable.getValue().asText()).as(variable.getKey()).matches("\\$\\{\\w+:[-?].*}");
            }
        }));
    }

    @Test
    void theExampleNamesEveryVariableAndNoOther() {
        List<String> asked = Repository.matches("\\$\\{(\\w+)", Repository.text("docker-compose.yml"));

        List<String> named = Repository.matches("(?m)^(\\w+)=", Repository.text(".env.example"));

        assertThat(new TreeSet<>(named)).isEqualTo(new TreeSet<>(asked));
    }

    @Test
    void theWorkerGetsWhatItsConfigurationAndTheRunbookReferTo() {
        List<String> references = new ArrayList<>();
        for (String file : List.of(ORDERS, "deploy/worker.yaml")) {
            String text = Repository.text(file);
            references.addAll(Repository.matches("env:(\\w+)", text));
            references.addAll(Repository.matches("\\$\\{(\\w+)", text));
        }

        assertThat(SERVICES.at("/worker/environment").properties())
                .extracting(Map.Entry::getKey)
                .containsAll(references);
    }

    @Test
    void everySearchAttributeIsRegistered() {
        String script = Repository.text("deploy/temporal/create-namespace.sh");

        assertThat(new TreeSet<>(Repository.matches("\\b(Lifeboat[A-Z]\\w+)", script)))
                .containsExactlyInAnyOrderElementsOf(SearchAttributes.ALL.stream()
                        .map(SearchAttributeKey::getName)
                        .toList());
    }

    @Test
    void theWorkersRoleMayChangeTheWorkloadsOfTheRunbookAndNothingElse() throws IOException {
        Runbook orders = new RunbookReader().read(Repository.path(ORDERS)).runbook();
        List<String> changeable = new ArrayList<>();

        for (JsonNode object : Repository.yaml("deploy/kubernetes/orders-access.yaml")) {
            for (JsonNode rule : object.path("rules")) {
                boolean reads = rule.path("verbs").toString().equals("[\"list\"]");
                rule.path("resourceNames").forEach(name -> changeable.add(name.asText()));
                assertThat(reads || rule.has("resourceNames")).as("%s", rule).isTrue();
                assertThat(rule.toString()).doesNotContain("*").doesNotContain("secrets");
            }
        }

        assertThat(changeable)
                .containsExactlyInAnyOrderElementsOf(
                        orders.workloads().stream().map(Workload::name).toList());
    }

    @Test
    void theWorkersPodsMountOnlyWhatIsDefinedAndAreProbed() {
        JsonNode pod = Repository.yaml("deploy/kubernetes/worker.yaml").stream()
                .filter(object -> object.path("kind").asText().equals("StatefulSet"))
                .findFirst()
                .orElseThrow()
                .at("/spec/template/spec");
        JsonNode worker = pod.path("containers").path(0);

        assertThat(worker.has("startupProbe") && worker.has("livenessProbe") && worker.has("readinessProbe"))
                .isTrue();
        assertThat(worker.path("volumeMounts"))
                .extracting(mount -> mount.path("name").asText())
                .containsExactlyInAnyOrderElementsOf(pod.path("volumes")
                        .valueStream()
                        .map(volume -> volume.path("name").asText())
                        .toList());
    }

    @Test
    void composeUnderstandsTheFile(@TempDir Path folder) throws IOException, InterruptedException {
        assumeTrue(
                run(folder, "docker", "compose", "version").code() == 0,
                "docker compose is not here: its own check of docker-compose.yml is left out");
        Path values = Files.writeString(
                folder.resolve("values"), Repository.text(".env.example").replaceAll("(?m)^(\\w+)=$", "$1=x"));

        Output output = run(
                Repository.ROOT,
                "docker",
                "compose",
                "--env-file",
                values.toString(),
                "--file",
                "docker-compose.yml",
                "config",
                "--quiet");

        assertThat(output.code()).as(output.text()).isZero();
    }

    private record Output(int code, String text) {}

    private static Output run(Path folder, String... command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException absent) {
            return new Output(127, String.valueOf(absent.getMessage()));
        }
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return fail("no end after 30 s: " + String.join(" ", command));
        }
        return new Output(process.exitValue(), text);
    }
}
