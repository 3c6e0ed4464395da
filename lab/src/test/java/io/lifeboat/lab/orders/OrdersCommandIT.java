package io.lifeboat.lab.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lifeboat.lab.Await;
import io.lifeboat.lab.LabState;
import io.lifeboat.lab.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both deployments as the lab starts them: processes of their own with the short class path. */
class OrdersCommandIT {

    private static final String ADDRESS = "127.0.0.1";

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Process> started = new ArrayList<>();

    @TempDir
    private Path folder;

    private TestPostgres postgres;
    private int ordersPort;

    @BeforeEach
    void startPostgres() throws Exception {
        Optional<Path> installed = TestPostgres.installed();
        assumeTrue(installed.isPresent(), TestPostgres.MISSING);
        postgres = TestPostgres.start(installed.get());
        ordersPort = TestPostgres.freePort();
        LabState lab = new LabState(
                "test",
                folder.toString(),
                LabState.Kubernetes.IN_PROCESS,
                new LabState.Outside(ADDRESS, 0, 0, 0, 0),
                List.of(new LabState.Region("us-east-1", true, ADDRESS, postgres.port(), 0, 0, ordersPort)),
                new LabState.Temporal("127.0.0.1:7233", "http://127.0.0.1:8233", "default"),
                new LabState.Credentials(TestPostgres.USER, "any", "key", "secret"));
        Files.writeString(folder.resolve("lab.json"), Json.write(lab));
    }

    @AfterEach
    void stopAll() throws Exception {
        started.forEach(Process::destroyForcibly);
        if (postgres != null) {
            postgres.close();
        }
    }

    @Test
    void servesAndFulfilsOrdersUntilKilled() throws Exception {
        start("orders-api");
        Await.until("the api is healthy", () -> answers("/health", "\"writable\":true"));
        Process fulfilment = start("orders-fulfilment");

        place();
        Await.until("the order is fulfilled", () -> answers("/orders/latest", "\"fulfilled\":true"));
        fulfilment.destroyForcibly().waitFor();
        place();

        assertThat(answers("/orders/latest", "\"fulfilled\":false")).isTrue();
    }

    @Test
    void endsWithAMessageWhenItsPortIsTaken() throws Exception {
        start("orders-api");
        Await.until("the api is healthy", () -> answers("/health", "\"writable\":true"));

        Process second = start("orders-api");

        assertThat(exitCode(second)).isNotZero();
        assertThat(Files.readString(folder.resolve("orders-api-2.log")))
                .contains("Cannot serve orders-api in us-east-1 on 127.0.0.1:" + ordersPort);
    }

    @Test
    void endsWithAMessageWhenItsDeploymentIsUnknown() throws Exception {
        Process process = start("orders-invoices");

        assertThat(exitCode(process)).isNotZero();
        assertThat(Files.readString(folder.resolve("orders-invoices-1.log")))
                .contains("Cannot run \"orders-invoices\"");
    }

    private Process start(String deployment) throws IOException {
        Path log = folder.resolve(deployment + "-" + (started.size() + 1) + ".log");
        Process process = new ProcessBuilder(OrdersCommand.of(folder.resolve("lab.json"), "us-east-1", deployment))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        started.add(process);
        return process;
    }

    private static int exitCode(Process process) throws InterruptedException {
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private void place() throws Exception {
        String order = "{\"key\":\"" + UUID.randomUUID() + "\",\"item\":\"lifeboat\",\"quantity\":1}";
        HttpRequest request = request("/orders")
                .POST(HttpRequest.BodyPublishers.ofString(order))
                .build();
        assertThat(http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(201);
    }

    private boolean answers(String path, String part) throws InterruptedException {
        try {
            return http.send(request(path).build(), HttpResponse.BodyHandlers.ofString())
                    .body()
                    .contains(part);
        } catch (IOException notUpYet) {
            return false;
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://" + ADDRESS + ":" + ordersPort + path))
                .timeout(Duration.ofSeconds(5));
    }
}
