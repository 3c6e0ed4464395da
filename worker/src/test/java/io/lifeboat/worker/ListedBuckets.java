package io.lifeboat.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** As much of an S3 server as a listing needs; everything else it says is not there. */
final class ListedBuckets implements AutoCloseable {
    private final Map<String, Integer> objects = new ConcurrentSkipListMap<>();
    private final HttpServer server;
    private volatile boolean down;

    ListedBuckets() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** An object in whatever bucket is asked for. */
    void put(String key, int bytes) {
        objects.put(key, bytes);
    }

    void goDown() {
        down = true;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> query = query(exchange);
            boolean listing = query.containsKey("list-type");
            byte[] body = listing ? list(query.getOrDefault("prefix", "")).getBytes(UTF_8) : new byte[0];
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(down ? 503 : listing ? 200 : 404, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private String list(String prefix) {
        return objects.entrySet().stream()
                .filter(object -> object.getKey().startsWith(prefix))
                .map(object -> "<Contents><Key>" + object.getKey() + "</Key><LastModified>" + Instant.now()
                        + "</LastModified><Size>" + object.getValue() + "</Size></Contents>")
                .collect(Collectors.joining("", "<ListBucketResult>", "</ListBucketResult>"));
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new TreeMap<>();
        Stream.ofNullable(exchange.getRequestURI().getRawQuery())
                .flatMap(raw -> Stream.of(raw.split("&", -1)))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2)
                .forEach(pair -> query.put(pair[0], URLDecoder.decode(pair[1], UTF_8)));
        return query;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
