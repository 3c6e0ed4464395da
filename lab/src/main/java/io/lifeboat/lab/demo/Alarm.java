package io.lifeboat.lab.demo;

import io.lifeboat.activity.dns.Resolver;
import io.lifeboat.lab.LabState;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** An outside monitor as every team has one: asks the service through its public name and rings after three bad answers in a row. */
final class Alarm {
    private static final Duration INTERVAL = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final int BAD_ANSWERS = 3;
    private static final String NAME = "orders.lifeboat.test";

    private final LabState lab;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    Alarm(LabState lab) {
        this.lab = lab;
    }

    /** Blocks until it rings; gives up after a minute, because then nothing is broken. */
    void awaitRing() {
        int bad = 0;
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (bad < BAD_ANSWERS) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("The service still answers a minute after its region was killed.");
            }
            bad = answers() ? 0 : bad + 1;
            LockSupport.parkNanos(INTERVAL.toNanos());
        }
    }

    private boolean answers() {
        try {
            Set<String> addresses =
                    new Resolver(lab.outside().address() + ":" + lab.outside().dnsPort()).addresses(NAME);
            if (addresses.isEmpty()) {
                return false;
            }
            URI health = URI.create("http://" + addresses.iterator().next() + ":"
                    + lab.primary().ordersPort() + "/health");
            return http.send(
                                    HttpRequest.newBuilder(health)
                                            .timeout(PATIENCE)
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException silent) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
