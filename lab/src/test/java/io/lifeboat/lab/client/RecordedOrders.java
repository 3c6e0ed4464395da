package io.lifeboat.lab.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lifeboat.lab.http.Answer;
import io.lifeboat.lab.http.JsonServer;
import io.lifeboat.lab.http.Question;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * One region's orders service in memory. It replicates to another one, which then has what this one had, and its answers
 * can be swallowed after the order was placed.
 */
final class RecordedOrders implements AutoCloseable {

    private final ObjectMapper json = new ObjectMapper();
    private final String region;
    private final InetSocketAddress at;
    private final Map<String, Long> ids = new LinkedHashMap<>();
    private final List<String> acknowledged = new ArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private RecordedOrders standby;
    private boolean swallowing;
    private boolean hanging;
    private JsonServer server;

    RecordedOrders(String region, InetSocketAddress at) {
        this.region = region;
        this.at = at;
    }

    synchronized void start() {
        server = JsonServer.start("orders in " + region, at, this::answer);
    }

    /** Gone, with its connections, as after a {@code kill -9}. */
    void kill() {
        closing.countDown();
        server.close();
    }

    synchronized void replicateTo(RecordedOrders other) {
        standby = other;
        other.receive(ids);
    }

    synchronized void stopReplicating() {
        standby = null;
    }

    private synchronized void receive(Map<String, Long> orders) {
        ids.putAll(orders);
    }

    /** From now on orders are placed and replicated, but the answer never arrives. */
    synchronized void swallowAnswers() {
        swallowing = true;
    }

    /** From now on it accepts requests and does nothing at all. */
    synchronized void hang() {
        hanging = true;
    }

    synchronized void recover() {
        hanging = false;
        swallowing = false;
    }

    synchronized List<String> acknowledged() {
        return List.copyOf(acknowledged);
    }

    synchronized List<String> placed() {
        return List.copyOf(ids.keySet());
    }

    private Answer answer(Question question) throws IOException, InterruptedException {
        JsonNode body = json.readTree(question.body());
        return switch (question.line()) {
            case "POST /orders" -> place(body.path("key").asText());
            case "POST /orders/check" -> check(body.path("keys"));
            default -> Answer.unknown(question);
        };
    }

    private Answer place(String key) throws InterruptedException {
        boolean isNew;
        long id;
        synchronized (this) {
            if (!hanging) {
                isNew = !ids.containsKey(key);
                id = ids.computeIfAbsent(key, k -> (long) ids.size() + 1);
                if (standby != null) {
                    standby.receive(Map.of(key, id));
                }
                if (!swallowing) {
                    acknowledged.add(key);
                    return new Answer(isNew ? 201 : 200, Map.of("id", id, "key", key, "region", region));
                }
            }
        }
        closing.await();
        return Answer.error(500, "gone");
    }

    private synchronized Answer check(JsonNode keys) {
        List<String> present = new ArrayList<>();
        keys.forEach(key -> {
            if (ids.containsKey(key.asText())) {
                present.add(key.asText());
            }
        });
        return Answer.ok(Map.of("region", region, "present", present));
    }

    @Override
    public void close() {
        kill();
    }
}
