package io.lifeboat.lab.power;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lifeboat.lab.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agents against real processes. */
class FenceAgentIT {

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Process> started = new ArrayList<>();

    @TempDir
    private Path folder;

    private FenceAgent agent;

    @BeforeEach
    void startAgent() throws IOException {
        Files.createDirectories(folder.resolve("us-east-1/postgres"));
        Files.createDirectories(folder.resolve("us-west-2"));
        Files.createDirectories(folder.resolve("us-east-10"));
        agent = FenceAgent.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), folder, List.of("us-east-1", "us-west-2"));
    }

    @AfterEach
    void stopAll() {
        agent.close();
        started.forEach(Process::destroyForcibly);
        new FolderProcesses(folder).running().forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void killsEverythingOfItsRegionAndNothingElse() throws Exception {
        Process below = start("us-east-1/postgres", "exec sleep 600");
        Process stubborn = start("us-east-1", "trap '' TERM INT HUP; while :; do sleep 600; done");
        Process neighbour = start("us-west-2", "exec sleep 600");
        Process similarlyNamed = start("us-east-10", "exec sleep 600");
        awaitProcesses("us-east-1", 3);

        HttpResponse<String> off = post("us-east-1/off");

        assertThat(off.statusCode()).isEqualTo(200);
        assertThat(state(off)).isEqualTo(Map.of("region", "us-east-1", "power", "off", "processes", 0));
        Await.until("both are dead", () -> !below.isAlive() && !stubborn.isAlive());
        assertThat(neighbour.isAlive()).isTrue();
        assertThat(similarlyNamed.isAlive()).isTrue();
        assertThat(folder.resolve("us-east-1.off")).exists();
        assertThat(folder.resolve("us-west-2.off")).doesNotExist();
    }

    @Test
    void killsProcessesThatKeepForking() throws Exception {
        start("us-east-1", "while :; do sh -c 'sleep 600 & sleep 600 &'; sleep 0.01; done");
        awaitProcesses("us-east-1", 20);

        assertThat(state(post("us-east-1/off"))).containsEntry("power", "off").containsEntry("processes", 0);
        assertThat(state(get("us-east-1"))).containsEntry("processes", 0);
    }

    @Test
    void killsAFrozenProcess() throws Exception {
        Process frozen = start("us-east-1", "kill -STOP $$");
        awaitProcesses("us-east-1", 1);

        assertThat(state(post("us-east-1/off"))).containsEntry("processes", 0);
        Await.until("it is dead", () -> !frozen.isAlive());
    }

    @Test
    void killsAProcessWhoseFolderWasRemoved() throws Exception {
        Process orphan = start("us-east-1/postgres", "exec sleep 600");
        awaitProcesses("us-east-1", 1);
        Files.delete(folder.resolve("us-east-1/postgres"));
        Files.delete(folder.resolve("us-east-1"));

        post("us-east-1/off");

        Await.until("it is dead", () -> !orphan.isAlive());
    }

    @Test
    void doesNotCountAProcessThatHasEndedAndWaitsToBeReaped() throws Exception {
        start("us-east-1", "sleep 0 & cd /; exec sleep 600");

        awaitProcesses("us-east-1", 0);

        assertThat(started.getFirst().isAlive()).isTrue();
    }

    @Test
    void givesTheSameAnswerTwice() throws Exception {
        assertThat(state(post("us-east-1/off"))).isEqualTo(state(post("us-east-1/off")));
    }

    @Test
    void staysOffUntilTheFenceIsLifted() throws Exception {
        post("us-east-1/off");
        assertThat(state(get("us-east-1"))).containsEntry("power", "off");

        assertThat(state(post("us-east-1/on"))).containsEntry("power", "on");

        assertThat(folder.resolve("us-east-1.off")).doesNotExist();
    }

    @Test
    void tellsTheTruthWhenAskedAfterALie() throws Exception {
        Process survivor = start("us-east-1", "exec sleep 600");
        awaitProcesses("us-east-1", 1);
        breakDown("us-east-1", Breakdown.LIES);

        assertThat(state(post("us-east-1/off"))).containsEntry("power", "off").containsEntry("processes", 0);

        assertThat(state(get("us-east-1"))).containsEntry("power", "on").containsEntry("processes", 1);
        assertThat(survivor.isAlive()).isTrue();
    }

    @Test
    void answersAnErrorWhenOutOfOrderAndDoesNothing() throws Exception {
        Process survivor = start("us-east-1", "exec sleep 600");
        breakDown("us-east-1", Breakdown.FAILS);

        assertThat(post("us-east-1/off").statusCode()).isEqualTo(500);

        assertThat(survivor.isAlive()).isTrue();
        assertThat(folder.resolve("us-east-1.off")).doesNotExist();
    }

    @Test
    void neverAnswersWhenItHangsButTheOtherRegionsAgentDoes() throws Exception {
        breakDown("us-east-1", Breakdown.HANGS);

        assertThatThrownBy(() -> post("us-east-1/off")).isInstanceOf(HttpTimeoutException.class);
        assertThat(state(post("us-west-2/off"))).containsEntry("power", "off");
    }

    @Test
    void worksAgainWhenRepaired() throws Exception {
        breakDown("us-east-1", Breakdown.FAILS);
        breakDown("us-east-1", Breakdown.NONE);

        assertThat(state(post("us-east-1/off"))).containsEntry("power", "off");
    }

    @Test
    void namesItsRegionsWhenAskedForAnother() throws Exception {
        HttpResponse<String> answer = get("eu-west-1");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("/regions/us-east-1, /regions/us-west-2");
    }

    /** In a session of its own, as the lab starts everything: without a terminal. */
    private Process start(String below, String script) throws IOException {
        Process process = new ProcessBuilder("setsid", "sh", "-c", script)
                .directory(folder.resolve(below).toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        started.add(process);
        return process;
    }

    private void awaitProcesses(String region, int processes) throws Exception {
        Await.until(processes + " processes run in " + region, () -> {
            int running = (int) state(get(region)).get("processes");
            return processes == 0 ? running == 0 : running >= processes;
        });
    }

    private void breakDown(String region, Breakdown breakdown) throws Exception {
        HttpRequest request = request(region + "/breakdown")
                .POST(HttpRequest.BodyPublishers.ofString("\"" + breakdown + "\""))
                .build();
        assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path) throws IOException, InterruptedException {
        return http.send(
                request(path).POST(HttpRequest.BodyPublishers.noBody()).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + agent.address().getPort() + "/regions/" + path))
                .timeout(Duration.ofSeconds(2));
    }

    private static Map<String, Object> state(HttpResponse<String> answer) throws IOException {
        return new ObjectMapper().readValue(answer.body(), new TypeReference<>() {});
    }
}
