package io.lifeboat.lab.route53;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Runs the health checks, each in a thread of its own, and knows what they have found. */
final class HealthProber implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(4);
    private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(2);

    /** What the newest probe saw. */
    record Observation(boolean success, String report, Instant checkedAt) {}

    private record Probe(HealthCheck check, HealthStatus status, Thread thread) {}

    private final Duration second;
    private final Map<String, Probe> probes = new ConcurrentHashMap<>();
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    /** @param second how long a second of a request interval takes here */
    HealthProber(Duration second) {
        this.second = second;
    }

    void start(HealthCheck check) {
        HealthStatus status = new HealthStatus(check.failureThreshold());
        Thread thread = Thread.ofVirtual().name("health-check-" + check.id()).unstarted(() -> observe(check, status));
        probes.put(check.id(), new Probe(check, status, thread));
        thread.start();
    }

    /** The check with this caller reference, which makes creating it a second time harmless. */
    Optional<HealthCheck> findByCallerReference(String callerReference) {
        return probes.values().stream()
                .map(Probe::check)
                .filter(check -> check.callerReference().equals(callerReference))
                .findFirst();
    }

    boolean exists(String id) {
        return probes.containsKey(id);
    }

    HealthCheck find(String id) {
        return probe(id).check();
    }

    Optional<Observation> newest(String id) {
        return probe(id).status().newest();
    }

    void stop(String id) {
        probe(id).thread().interrupt();
        probes.remove(id);
    }

    /**
     * Whether name servers may send clients there. "Route 53 considers a new health check to be healthy until there's
     * enough data to determine the actual status [...]. If you chose the option to invert the health check status, Route
     * 53 considers a new health check to be unhealthy until there's enough data." The future of a deleted check "can't be
     * predicted"; here it is healthy.
     */
    boolean isHealthy(String id) {
        return Optional.ofNullable(probes.get(id))
                .map(probe -> probe.status().isUp() != probe.check().inverted())
                .orElse(true);
    }

    private Probe probe(String id) {
        return Optional.ofNullable(probes.get(id)).orElseThrow(() -> Route53Fault.noSuchHealthCheck(id));
    }

    private void observe(HealthCheck check, HealthStatus status) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                status.add(probe(check));
                // The interval between two probes is what a health check is made of.
                Thread.sleep(second.multipliedBy(check.requestInterval()));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private Observation probe(HealthCheck check) throws InterruptedException {
        try {
            return switch (check.kind()) {
                case TCP -> connect(check);
                case HTTP -> request(check);
            };
        } catch (IOException | IllegalArgumentException e) {
            return new Observation(false, "Failure: " + e, Instant.now());
        }
    }

    private static Observation connect(HealthCheck check) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(check.address(), check.port()), Math.toIntExact(CONNECT_TIMEOUT.toMillis()));
            return new Observation(true, "Success: TCP connection established", Instant.now());
        }
    }

    private Observation request(HealthCheck check) throws IOException, InterruptedException {
        URI uri = URI.create("http://" + check.address() + ":" + check.port() + check.path());
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(CONNECT_TIMEOUT.plus(RESPONSE_TIMEOUT))
                .header("User-Agent", "Amazon-Route53-Health-Check-Service (lab)")
                .build();
        HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        // The time-out ends with the headers: a body that never ends must not hold the check up.
        response.body().close();
        int code = response.statusCode();
        boolean success = code >= 200 && code < 400;
        String report = (success ? "Success" : "Failure") + ": HTTP Status Code " + code;
        return new Observation(success, report, Instant.now());
    }

    @Override
    public void close() {
        probes.values().forEach(probe -> probe.thread().interrupt());
        http.shutdownNow();
    }
}
