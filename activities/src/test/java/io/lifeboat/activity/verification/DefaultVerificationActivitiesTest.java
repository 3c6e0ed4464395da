package io.lifeboat.activity.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.lifeboat.activity.database.Databases;
import io.lifeboat.activity.database.postgresql.PostgresEngine;
import io.lifeboat.activity.site.Settings;
import io.lifeboat.runbook.Datastore;
import io.lifeboat.runbook.Setting;
import io.lifeboat.runbook.SmokeTest;
import io.lifeboat.runbook.Traffic;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.verification.VerificationActivities.Verification;
import io.lifeboat.workflow.verification.VerificationReceipt;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Smoke tests over real HTTP, and of databases that are not there. */
final class DefaultVerificationActivitiesTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final String REGION = "west";
    private static final String NAME = "orders.lifeboat.test";
    private static final String SECRET = "c4nary";
    /** One question is bounded to two seconds; without the bound it would take for ever. The rest is for a busy machine. */
    private static final Duration SOON = Duration.ofSeconds(20);

    private record Answer(int status, String body) {}

    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final Queue<String> askedHosts = new ConcurrentLinkedQueue<>();
    private volatile String database = "";
    private HttpServer service;
    private DefaultVerificationActivities activities;

    @BeforeEach
    void startService() throws IOException {
        service = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
        service.createContext("/health", exchange -> {
            try (exchange) {
                askedHosts.add(exchange.getRequestHeaders().getFirst("Host"));
                Answer next = answers.size() > 1 ? answers.remove() : answers.element();
                byte[] body = next.body().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(next.status(), body.length);
                exchange.getResponseBody().write(body);
            }
        });
        service.start();
        Settings settings = new Settings(variable -> database);
        activities = new DefaultVerificationActivities(
                settings, new Databases(settings, Map.of(Datastore.Kind.POSTGRESQL, new PostgresEngine())));
    }

    @AfterEach
    void stopService() {
        service.stop(0);
    }

    @Test
    void goodAnswerPassesAtTheFirstTry() {
        answers.add(new Answer(200, "all\n  is well"));

        VerificationReceipt receipt = verify(health("is well"), port());

        assertThat(receipt.observed()).isEqualTo("200 all is well");
        assertThat(receipt.tries()).isEqualTo(1);
        assertThat(receipt.region()).isEqualTo(REGION);
        assertThat(askedHosts).containsExactly(NAME + ":" + port());
    }

    @Test
    void serviceThatNeedsAMomentIsAskedAgain() {
        answers.add(new Answer(503, "starting"));
        answers.add(new Answer(200, "starting"));
        answers.add(new Answer(200, "is well"));

        VerificationReceipt receipt = activities.verify(request(
                new SmokeTest.Http("health", Duration.ofSeconds(10), "/health", 200, Optional.of("well")), port()));

        assertThat(receipt.tries()).isEqualTo(3);
        assertThat(receipt.observed()).isEqualTo("200 is well");
    }

    @Test
    void badStatusFailsWithWhatWasSeenLast() {
        answers.add(new Answer(503, "is well, it says"));

        assertFails(() -> verify(health("is well"), port()), "503 is well, it says");
    }

    @Test
    void bodyWithoutTheTextFailsWithWhatWasSeenLast() {
        answers.add(new Answer(200, "is ill"));

        assertFails(() -> verify(health("is well"), port()), "200 is ill");
    }

    @Test
    void longAnswerIsShortened() {
        answers.add(new Answer(200, "x".repeat(10_000)));

        assertThat(verify(health("x"), port()).observed()).hasSizeLessThan(200).endsWith("x…");
    }

    @Test
    void serviceThatIsGoneFails() throws IOException {
        int port = freePort();

        assertFails(() -> verify(health("is well"), port), "no answer from 127.0.0.1:" + port + " (ConnectException)");
    }

    @Test
    void serviceThatAcceptsAndIsSilentFailsSoon() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, LOOPBACK)) {
            int port = silent.getLocalPort();

            assertFails(() -> verify(health("is well"), port), "(HttpTimeoutException)");
        }
    }

    @Test
    void databaseThatIsGoneFails() throws IOException {
        database = uri(freePort());

        assertFails(() -> verify(count(), port()), "connection refused");
    }

    @Test
    void databaseThatAcceptsAndIsSilentFailsSoon() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, LOOPBACK)) {
            database = uri(silent.getLocalPort());

            assertFails(() -> verify(count(), port()), "no answer in time");
        }
    }

    @Test
    void testOfADatastoreThatTheRunbookDoesNotHaveIsAMistakeInIt() {
        SmokeTest test = new SmokeTest.Sql("count", Duration.ofMillis(100), "stock-db", "SELECT 1", "1");

        assertThatThrownBy(() -> verify(test, port()))
                .matches(FailureType.INVALID_RUNBOOK::is)
                .hasMessageContaining("\"stock-db\"");
    }

    private static void assertFails(ThrowingCallable verification, String seen) {
        long started = System.nanoTime();

        assertThatThrownBy(verification)
                .matches(FailureType.PRECONDITION_FAILED::is)
                .hasMessageContaining("did not pass in " + REGION)
                .hasMessageContaining(seen)
                .hasMessageNotContaining(SECRET);
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(SOON);
    }

    private VerificationReceipt verify(SmokeTest test, int port) {
        return activities.verify(request(test, port));
    }

    private static Verification request(SmokeTest test, int port) {
        Datastore datastore = new Datastore(
                "orders-db",
                Datastore.Kind.POSTGRESQL,
                List.of(new Datastore.Instance(REGION, new Setting("env:DB"))),
                Duration.ofMinutes(1),
                List.of());
        Traffic.Endpoint endpoint = new Traffic.Endpoint(
                REGION, new Setting(LOOPBACK.getHostAddress()), new Setting(String.valueOf(port)), 0);
        return new Verification(test, REGION, endpoint, NAME, List.of(datastore));
    }

    private static SmokeTest health(String text) {
        return new SmokeTest.Http("health", Duration.ofMillis(100), "/health", 200, Optional.of(text));
    }

    private static SmokeTest count() {
        return new SmokeTest.Sql("count", Duration.ofMillis(100), "orders-db", "SELECT 1", "1");
    }

    private int port() {
        return service.getAddress().getPort();
    }

    private static String uri(int port) {
        return "postgresql://lifeboat:" + SECRET + "@127.0.0.1:" + port + "/orders";
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, LOOPBACK)) {
            return free.getLocalPort();
        }
    }
}
