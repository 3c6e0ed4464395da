package io.lifeboat.activity.verification;

import io.lifeboat.activity.http.BoundedHttp;
import io.lifeboat.runbook.SmokeTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Asks one HTTP question of a region's endpoint, by address, under the public name: the Host header is the one a client would
 * send, so that an ingress that routes by name answers. Needs {@link #HOST_HEADER_PROPERTY} to name {@code host}.
 */
public final class HttpProbe {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final int SHOWN = 120;

    /** The system property that lets a client set the Host header; it must be set before the JVM's first HTTP client. */
    public static final String HOST_HEADER_PROPERTY = "jdk.httpclient.allowRestrictedHeaders";

    private final String host;
    private final SmokeTest.Http question;

    public HttpProbe(String host, SmokeTest.Http question) {
        this.host = host;
        this.question = question;
    }

    /** @param seen what came back, shortened; never a header */
    public record Answer(boolean good, String seen) {}

    public Answer ask(String address, int port) {
        URI uri = URI.create("http://" + address + ":" + port + question.path());
        try {
            HttpResponse<byte[]> response = BoundedHttp.send(
                    HttpRequest.newBuilder(uri)
                            .header("Host", host + ":" + port)
                            .build(),
                    TIMEOUT);
            String body = new String(response.body(), StandardCharsets.UTF_8);
            boolean good = response.statusCode() == question.status()
                    && question.contains().map(body::contains).orElse(true);
            return new Answer(good, response.statusCode() + " " + shorten(body));
        } catch (IOException silent) {
            return new Answer(
                    false,
                    "no answer from " + address + ":" + port + " ("
                            + silent.getClass().getSimpleName() + ")");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer(false, "interrupted");
        }
    }

    private static String shorten(String body) {
        String line = body.strip().replaceAll("\\s+", " ");
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
    }
}
