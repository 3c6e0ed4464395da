package io.lifeboat.lab.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * The orders service as its customers reach it: through the public name, over a connection that is kept while it works.
 * Nothing is repeated here.
 */
final class OrdersService implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofMillis(500);
    private static final Duration ORDER_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(5);

    /**
     * The service's promise.
     *
     * @param region which region gave it
     */
    record Receipt(long id, String region) {}

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
    private final PublicName name;
    private final int port;

    OrdersService(PublicName name, int port) {
        this.name = name;
        this.port = port;
    }

    /**
     * Places an order.
     *
     * @throws IOException when there is no good answer; whether the order was placed is then unknown
     */
    Receipt place(UUID key, String item, int quantity) throws IOException, InterruptedException {
        String order = json.createObjectNode()
                .put("key", key.toString())
                .put("item", item)
                .put("quantity", quantity)
                .toString();
        JsonNode answer = post("/orders", order, ORDER_TIMEOUT);
        if (!key.toString().equals(answer.path("key").asText())) {
            throw new IOException("the service acknowledged another order than \"" + key + "\": " + answer);
        }
        return new Receipt(answer.path("id").asLong(), answer.path("region").asText());
    }

    /** Those of {@code keys} that the service has. */
    Set<UUID> present(List<UUID> keys) throws IOException, InterruptedException {
        ArrayNode list = json.createArrayNode();
        keys.forEach(key -> list.add(key.toString()));
        JsonNode answer =
                post("/orders/check", json.createObjectNode().set("keys", list).toString(), CHECK_TIMEOUT);
        if (!answer.path("present").isArray()) {
            throw new IOException("the service did not say which orders it has: " + answer);
        }
        Set<String> present = new HashSet<>();
        answer.path("present").forEach(key -> present.add(key.asText()));
        return keys.stream().filter(key -> present.contains(key.toString())).collect(Collectors.toSet());
    }

    private JsonNode post(String path, String body, Duration timeout) throws IOException, InterruptedException {
        InetAddress address = name.address();
        URI uri = URI.create("http://" + address.getHostAddress() + ":" + port + path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = within(timeout, request);
        if (response.statusCode() != 200 && response.statusCode() != 201) {
            throw new IOException(uri + " answered " + response.statusCode() + ": " + response.body());
        }
        return json.readTree(response.body());
    }

    /** The client's own request timeout ends with the headers; this one covers the body too. */
    private HttpResponse<String> within(Duration timeout, HttpRequest request)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<String>> answer = http.sendAsync(request, HttpResponse.BodyHandlers.ofString());
        try {
            return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new IOException(request.uri() + " did not answer within " + timeout.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw new IOException(request.uri() + " did not answer: " + e.getCause(), e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
