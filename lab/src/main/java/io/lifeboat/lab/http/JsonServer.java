package io.lifeboat.lab.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves one {@link Endpoint} on one address until closed. */
public final class JsonServer implements AutoCloseable {

    /** What answers. */
    @FunctionalInterface
    public interface Endpoint {
        /** Anything thrown is answered 500 with its message, a {@link Question.BadQuestion} 400. */
        Answer answer(Question question) throws Exception;
    }

    private static final int LONGEST_BODY = 1 << 20;

    static {
        // Without it a keep-alive answer waits for the delayed acknowledgement of its own headers, 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads;

    private JsonServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Listens at once.
     *
     * @param role what is served, for the message when it cannot be
     * @param at port 0 takes a free one, see {@link #address}
     */
    public static JsonServer start(String role, InetSocketAddress at, Endpoint endpoint) {
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            HttpServer server = HttpServer.create(at, 128);
            server.createContext("/", exchange -> serve(exchange, endpoint));
            server.setExecutor(threads);
            server.start();
            return new JsonServer(server, threads);
        } catch (IOException e) {
            threads.close();
            throw new UncheckedIOException(
                    "Cannot serve " + role + " on " + at.getHostString() + ":" + at.getPort() + ": " + e.getMessage()
                            + ". Stop what listens there, or give the lab another port.",
                    e);
        }
    }

    public InetSocketAddress address() {
        return server.getAddress();
    }

    private static void serve(HttpExchange exchange, Endpoint endpoint) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readNBytes(LONGEST_BODY), UTF_8);
            Question question = new Question(
                    exchange.getRequestMethod(), exchange.getRequestURI().getPath(), body);
            Answer answer = answer(question, endpoint);
            byte[] bytes = Json.write(answer.body()).getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @SuppressWarnings("CatchingUnchecked") // whatever goes wrong, the caller gets an answer
    private static Answer answer(Question question, Endpoint endpoint) {
        try {
            return endpoint.answer(question);
        } catch (Question.BadQuestion e) {
            return Answer.error(400, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.error(503, question.line() + " was interrupted: the process is stopping");
        } catch (Exception e) {
            // A bug in one answer must not end the server; the caller sees it.
            return Answer.error(500, question.line() + " failed: " + e);
        }
    }

    /** Cuts what is still being answered. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
