package io.lifeboat.lab.objectstore;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three parts of 16 MiB are what an upload keeps in memory: 160 MiB pass through a process that has 96. */
class UploadMemoryIT {
    private final AtomicLong received = new AtomicLong();
    private final AtomicBoolean completed = new AtomicBoolean();

    @Test
    void largeObjectPassesThroughASmallProcess(@TempDir Path folder) throws Exception {
        HttpServer store = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            store.setExecutor(threads);
            store.createContext("/", this::answer);
            store.start();
            Path log = folder.resolve("upload.log");

            Process upload = start(store.getAddress().getPort(), log);
            try {
                assertThat(upload.waitFor(60, TimeUnit.SECONDS)).isTrue();
            } finally {
                upload.destroyForcibly();
                store.stop(0);
            }

            assertThat(upload.exitValue()).as(Files.readString(log)).isZero();
            assertThat(received).hasValue(UploadOfTenParts.BYTES);
            assertThat(completed).isTrue();
        }
    }

    private static Process start(int port, Path log) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx96m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        UploadOfTenParts.class.getName(),
                        "http://127.0.0.1:" + port,
                        "backups",
                        "large")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /** What S3 says to a multipart upload, and no more. */
    private void answer(HttpExchange exchange) throws IOException {
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        try (exchange;
                InputStream body = exchange.getRequestBody()) {
            long bytes = body.transferTo(OutputStream.nullOutputStream());
            switch (exchange.getRequestMethod()) {
                case "PUT" -> {
                    received.addAndGet(bytes);
                    exchange.getResponseHeaders().add("ETag", "\"part\"");
                    exchange.sendResponseHeaders(200, -1);
                }
                case "POST" -> {
                    completed.set(!query.startsWith("uploads"));
                    String result = completed.get() ? "CompleteMultipartUploadResult" : "InitiateMultipartUploadResult";
                    reply(exchange, "<" + result + "><UploadId>1</UploadId><ETag>all</ETag></" + result + ">");
                }
                default -> exchange.sendResponseHeaders(200, -1);
            }
        }
    }

    private static void reply(HttpExchange exchange, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
