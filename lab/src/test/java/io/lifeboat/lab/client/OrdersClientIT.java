package io.lifeboat.lab.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lifeboat.lab.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client against two regions in memory, over real sockets and real name resolution. */
class OrdersClientIT {

    private static final String EAST = "127.31.1.1";
    private static final String WEST = "127.31.2.1";
    private static final Duration TTL = Duration.ofSeconds(1);

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();

    @TempDir
    private Path folder;

    private FixedDns dns;
    private RecordedOrders east;
    private RecordedOrders west;
    private OrdersClient client;

    @BeforeEach
    void startClient() throws Exception {
        int port = freePort();
        dns = new FixedDns();
        dns.pointTo(EAST, TTL);
        east = new RecordedOrders("us-east-1", new InetSocketAddress(EAST, port));
        west = new RecordedOrders("us-west-2", new InetSocketAddress(WEST, port));
        east.start();
        west.start();
        east.replicateTo(west);
        client = OrdersClient.start(new OrdersClient.Config(
                "customer",
                "orders.lifeboat.test",
                dns.address(),
                port,
                folder.resolve("outside/client/orders.jsonl"),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                100));
        awaitAcknowledged(20);
    }

    @AfterEach
    void stopClient() {
        client.close();
        east.close();
        west.close();
        dns.close();
    }

    @Test
    void knowsNoOutageWhileTheServiceAnswers() throws Exception {
        awaitAcknowledged(50);

        JsonNode record = record();
        assertThat(record.path("outage").isNull()).isTrue();
        assertThat(record.path("answering").asBoolean()).isTrue();
        assertThat(get("/good").statusCode()).isEqualTo(200);
    }

    @Test
    void writesDownEveryAcknowledgedOrder() throws Exception {
        client.close();

        List<String> keys = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("outside/client/orders.jsonl"))) {
            JsonNode order = json.readTree(line);
            keys.add(order.path("key").asText());
            assertThat(order.path("region").asText()).isEqualTo("us-east-1");
            assertThat(order.path("id").asLong()).isEqualTo(keys.size());
            assertThat(Instant.parse(order.path("at").asText())).isBeforeOrEqualTo(Instant.now());
        }
        // The last one may have been answered while the client stopped.
        assertThat(east.acknowledged())
                .startsWith(keys.toArray(String[]::new))
                .hasSizeBetween(keys.size(), keys.size() + 1);
    }

    @Test
    void losesNothingWhenTheStandbyHasEverything() throws Exception {
        east.kill();
        awaitOpenOutage();
        dns.pointTo(WEST, TTL);

        JsonNode record = awaitCheckedOutage();
        assertThat(record.path("lost").asInt()).isZero();
        assertThat(record.path("lostSeconds").asDouble()).isZero();
    }

    @Test
    void findsOrdersThatTheLostRegionHadAcknowledgedAlone() throws Exception {
        east.stopReplicating();
        // Counted from what the standby has: one under way may be replicated already and acknowledged only later.
        List<String> replicated = west.placed();
        awaitAcknowledged(replicated.size() + 30);
        east.kill();
        awaitOpenOutage();
        dns.pointTo(WEST, TTL);

        JsonNode record = awaitCheckedOutage();
        List<String> lost = new ArrayList<>(journal("us-east-1"));
        lost.removeAll(replicated);
        assertThat(record.path("lost").asInt()).isEqualTo(lost.size()).isGreaterThanOrEqualTo(30);
        assertThat(record.path("lostSeconds").asDouble())
                .isCloseTo(secondsBetween(replicated.getLast(), lost.getLast()), within(1e-3));
    }

    @Test
    void countsAnOrderWhoseAnswerWasLostOnceAndOnlyWhenTheNewRegionAcknowledgesIt() throws Exception {
        east.swallowAnswers();
        Await.until(
                "an order was placed but not acknowledged",
                () -> unacknowledged().size() == 1);
        String unanswered = unacknowledged().getFirst();
        assertThat(journal("us-east-1")).doesNotContain(unanswered);
        east.kill();
        awaitOpenOutage();
        dns.pointTo(WEST, TTL);

        JsonNode record = awaitCheckedOutage();
        assertThat(west.acknowledged()).startsWith(unanswered);
        assertThat(journal("us-west-2")).startsWith(unanswered);
        assertThat(record.path("lost").asInt()).isZero();
        assertThat(new HashSet<>(west.placed())).hasSameSizeAs(west.placed()).contains(unanswered);
    }

    @Test
    void doesNotCountAnOrderAsLostThatNobodyHadAcknowledged() throws Exception {
        east.stopReplicating();
        east.swallowAnswers();
        Await.until(
                "an order was placed but not acknowledged",
                () -> !unacknowledged().isEmpty());
        String unanswered = unacknowledged().getFirst();
        List<String> replicated = west.placed();
        east.kill();
        awaitOpenOutage();
        dns.pointTo(WEST, TTL);

        JsonNode record = awaitCheckedOutage();
        List<String> lost = new ArrayList<>(journal("us-east-1"));
        lost.removeAll(replicated);
        assertThat(replicated).doesNotContain(unanswered);
        assertThat(lost).doesNotContain(unanswered);
        assertThat(journal("us-west-2")).startsWith(unanswered);
        assertThat(record.path("lost").asInt()).isEqualTo(lost.size());
    }

    @Test
    void measuresAnOutageBetweenTwoGoodAnswers() throws Exception {
        east.hang();
        awaitOpenOutage();
        assertThat(get("/good").statusCode()).isEqualTo(503);
        double soFar = record().path("outage").path("seconds").asDouble();
        east.recover();

        JsonNode outage = awaitCheckedOutage().path("outage");
        List<Long> times = nanos();
        double longest = 0;
        for (int i = 1; i < times.size(); i++) {
            longest = Math.max(longest, (times.get(i) - times.get(i - 1)) / 1e9);
        }
        assertThat(outage.path("seconds").asDouble())
                .isCloseTo(longest, within(1e-5))
                .isGreaterThan(soFar);
        assertThat(outage.path("firstGoodSeconds").asDouble()
                        - outage.path("lastGoodSeconds").asDouble())
                .isCloseTo(longest, within(1e-5));
    }

    @Test
    void chargesEachLostOrderToTheOutageThatLostIt() throws Exception {
        east.stopReplicating();
        awaitAcknowledged(record().path("acknowledged").asInt() + 10);
        east.kill();
        awaitOpenOutage();
        dns.pointTo(WEST, TTL);
        assertThat(awaitCheckedOutage().path("lost").asInt()).isPositive();

        west.hang();
        awaitOpenOutage();
        assertThat(record().path("lostSeconds").isNull()).isTrue();
        west.recover();

        JsonNode record = awaitCheckedOutage();
        assertThat(record.path("lost").asInt()).isZero();
        assertThat(json.readTree(get("/outages").body())).hasSize(2);
    }

    private void awaitAcknowledged(int orders) throws Exception {
        Await.until(
                orders + " orders are acknowledged",
                () -> record().path("acknowledged").asInt() >= orders);
    }

    private void awaitOpenOutage() throws Exception {
        Await.until(
                "the client sees an outage",
                () -> record().path("outage").path("open").asBoolean());
    }

    private JsonNode awaitCheckedOutage() throws Exception {
        Await.until("the outage has ended and was checked", () -> {
            JsonNode record = record();
            return !record.path("outage").path("open").asBoolean(true)
                    && !record.path("lostSeconds").isNull();
        });
        return record();
    }

    private List<String> unacknowledged() {
        List<String> keys = new ArrayList<>(east.placed());
        keys.removeAll(east.acknowledged());
        return keys;
    }

    private double secondsBetween(String earlier, String later) throws IOException {
        return (nanosOf(later) - nanosOf(earlier)) / 1e9;
    }

    private long nanosOf(String key) throws IOException {
        for (JsonNode order : orders()) {
            if (order.path("key").asText().equals(key)) {
                return order.path("nanos").asLong();
            }
        }
        throw new AssertionError("the journal has no order " + key);
    }

    private List<String> journal(String region) throws IOException {
        return orders().stream()
                .filter(order -> order.path("region").asText().equals(region))
                .map(order -> order.path("key").asText())
                .toList();
    }

    private List<Long> nanos() throws IOException {
        return orders().stream().map(order -> order.path("nanos").asLong()).toList();
    }

    private List<JsonNode> orders() throws IOException {
        List<JsonNode> orders = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("outside/client/orders.jsonl"))) {
            orders.add(json.readTree(line));
        }
        return orders;
    }

    private JsonNode record() throws IOException, InterruptedException {
        return json.readTree(get("/record").body());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + client.address().getPort() + path))
                .timeout(Duration.ofSeconds(5))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
