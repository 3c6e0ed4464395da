package io.lifeboat.lab.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lifeboat.lab.Await;
import io.lifeboat.lab.http.JsonServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The orders service on a real PostgreSQL. */
class OrdersIT {

    @AutoClose
    private static TestPostgres postgres;

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private Connections connections;
    private OrderStore store;
    private JsonServer server;

    @BeforeAll
    static void startPostgres() throws Exception {
        Optional<Path> installed = TestPostgres.installed();
        assumeTrue(installed.isPresent(), TestPostgres.MISSING);
        postgres = TestPostgres.start(installed.get());
    }

    @BeforeEach
    void startService() throws Exception {
        postgres.sql("orders", "drop table if exists orders, orders_health");
        connections = new Connections("127.0.0.1", postgres.port(), "orders", TestPostgres.USER, "", "orders-api");
        store = new OrderStore(connections);
        server = JsonServer.start(
                "orders",
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new OrdersApi("us-east-1", store));
    }

    @AfterEach
    void stopService() {
        server.close();
        connections.close();
    }

    @Test
    void acknowledgesAnOrderOnceItCanBeRead() throws Exception {
        UUID key = UUID.randomUUID();

        HttpResponse<String> placed = place(key, "lifeboat", 2);

        assertThat(placed.statusCode()).isEqualTo(201);
        assertThat(json.readTree(placed.body()).path("key").asText()).isEqualTo(key.toString());
        assertThat(get("/orders/latest").body())
                .isEqualTo(
                        "{\"id\":1,\"key\":\"" + key + "\",\"item\":\"lifeboat\",\"quantity\":2,\"fulfilled\":false}");
    }

    @Test
    void givesTheSameOrderForTheSameKey() throws Exception {
        UUID key = UUID.randomUUID();

        HttpResponse<String> first = place(key, "lifeboat", 1);
        HttpResponse<String> second = place(key, "lifeboat", 1);

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(second.body()).isEqualTo(first.body());
    }

    @Test
    void placesAnOrderOnceWhenManyAskAtTheSameMoment() throws Exception {
        UUID key = UUID.randomUUID();

        List<HttpResponse<String>> answers = atOnce(30, () -> place(key, "lifeboat", 1));

        assertThat(answers)
                .extracting(HttpResponse::statusCode)
                .containsOnly(200, 201)
                .containsOnlyOnce(201);
        assertThat(answers)
                .extracting(HttpResponse::body)
                .containsOnly(answers.getFirst().body());
    }

    @Test
    void createsItsTablesOnceWhenManyProcessesBeginAtTheSameMoment() throws Exception {
        List<Integer> fulfilled = atOnce(8, () -> new OrderStore(connections).fulfil(1));

        assertThat(fulfilled).containsOnly(0);
    }

    @Test
    void saysWhichOrdersItHas() throws Exception {
        UUID known = UUID.randomUUID();
        place(known, "lifeboat", 1);

        HttpResponse<String> answer =
                post("/orders/check", "{\"keys\":[\"" + known + "\",\"" + UUID.randomUUID() + "\"]}");

        assertThat(answer.body()).isEqualTo("{\"region\":\"us-east-1\",\"present\":[\"" + known + "\"]}");
    }

    @Test
    void saysWhatIsWrongWithAnOrder() throws Exception {
        assertThat(place(UUID.randomUUID(), "lifeboat", 0).statusCode()).isEqualTo(400);
        assertThat(post("/orders", "{\"key\":\"no uuid\",\"item\":\"x\",\"quantity\":1}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(post("/orders", "{\"item\":\"x\",\"quantity\":1}").body()).contains("an order needs a key");
        assertThat(post("/orders", "").statusCode()).isEqualTo(400);
        assertThat(get("/orders/7").statusCode()).isEqualTo(404);
    }

    @Test
    void knowsNoLatestOrderBeforeTheFirst() throws Exception {
        store.write("us-east-1");

        assertThat(get("/orders/latest").statusCode()).isEqualTo(404);
    }

    @Test
    void isHealthyWhileTheDatabaseAcceptsWrites() throws Exception {
        HttpResponse<String> health = get("/health");

        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.body()).isEqualTo("{\"status\":\"ok\",\"region\":\"us-east-1\",\"writable\":true}");
    }

    @Test
    void isNotHealthyWhenTheDatabaseRefusesWrites() throws Exception {
        assertThat(get("/health").statusCode()).isEqualTo(200);
        postgres.sql("postgres", "alter database orders set default_transaction_read_only = on");
        connections.close();
        try {
            HttpResponse<String> health = get("/health");

            assertThat(health.statusCode()).isEqualTo(503);
            assertThat(health.body()).contains("\"writable\":false").contains("read-only transaction");
            assertThat(place(UUID.randomUUID(), "lifeboat", 1).statusCode()).isEqualTo(503);
        } finally {
            postgres.sql("postgres", "alter database orders reset default_transaction_read_only");
        }
    }

    @Test
    void stopsAtAFenceAndServesAgainWhenItIsLifted() throws Exception {
        atOnce(8, () -> place(UUID.randomUUID(), "lifeboat", 1));
        postgres.sql("postgres", "alter database orders allow_connections false");
        postgres.sql("postgres", "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'orders'");

        List<HttpResponse<String>> behindTheFence = atOnce(8, () -> place(UUID.randomUUID(), "lifeboat", 1));
        HttpResponse<String> health = get("/health");
        postgres.sql("postgres", "alter database orders allow_connections true");

        assertThat(behindTheFence).extracting(HttpResponse::statusCode).containsOnly(503);
        assertThat(health.body()).contains("not currently accepting connections");
        assertThat(place(UUID.randomUUID(), "lifeboat", 1).statusCode()).isEqualTo(201);
    }

    @Test
    void servesAgainAfterTheDatabaseCrashedWithEveryAcknowledgedOrder() throws Exception {
        List<HttpResponse<String>> placed = atOnce(20, () -> place(UUID.randomUUID(), "lifeboat", 1));
        postgres.stop();
        assertThat(get("/health").statusCode()).isEqualTo(503);
        postgres.resume();

        Await.until("the service is healthy", () -> get("/health").statusCode() == 200);

        Set<String> keys = new TreeSet<>();
        for (HttpResponse<String> answer : placed) {
            keys.add(json.readTree(answer.body()).path("key").asText());
        }
        JsonNode present = json.readTree(post("/orders/check", json.writeValueAsString(Map.of("keys", keys)))
                .body());
        assertThat(present.path("present")).hasSize(20);
    }

    @Test
    void fulfilsTheOldestOrdersABatchAtATime() throws Exception {
        for (int i = 0; i < 5; i++) {
            store.place(UUID.randomUUID(), "lifeboat", 1);
        }

        assertThat(store.fulfil(3)).isEqualTo(3);
        assertThat(store.latest()).map(Order::fulfilled).contains(false);
        assertThat(store.fulfil(3)).isEqualTo(2);
        assertThat(store.latest()).map(Order::fulfilled).contains(true);
        assertThat(store.fulfil(3)).isZero();
    }

    @Test
    void keepsFulfillingAfterAFenceWasLifted() throws Exception {
        Thread fulfilment = Thread.ofVirtual().start(new OrdersFulfilment("us-east-1", store));
        try {
            postgres.sql("postgres", "alter database orders allow_connections false");
            postgres.sql("postgres", "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'orders'");
            assertThat(get("/health").statusCode()).isEqualTo(503);
            postgres.sql("postgres", "alter database orders allow_connections true");
            // A connection that the fence has ended may be the first that is tried.
            UUID key = UUID.randomUUID();
            Await.until("the order is placed", () -> place(key, "lifeboat", 1).statusCode() == 201);

            Await.until(
                    "the order is fulfilled", () -> get("/orders/latest").body().contains("\"fulfilled\":true"));
        } finally {
            fulfilment.interrupt();
            fulfilment.join();
        }
    }

    private static <T> List<T> atOnce(int times, Callable<T> call) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                futures.add(threads.submit(call));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        }
    }

    private HttpResponse<String> place(UUID key, String item, int quantity) throws IOException, InterruptedException {
        return post("/orders", "{\"key\":\"" + key + "\",\"item\":\"" + item + "\",\"quantity\":" + quantity + "}");
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return http.send(
                request(path).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.address().getPort() + path))
                .timeout(Duration.ofSeconds(10));
    }
}
