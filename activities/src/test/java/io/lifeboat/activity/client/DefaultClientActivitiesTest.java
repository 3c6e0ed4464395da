package io.lifeboat.activity.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.lifeboat.activity.site.Settings;
import io.lifeboat.runbook.Client;
import io.lifeboat.runbook.Setting;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.client.ClientRecord;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DefaultClientActivitiesTest {
    private static final String OPEN = record("null", true, false);
    private static final String UNCHECKED = record("null", false, true);
    private static final String SETTLED = record("1.5", false, true);

    private final Queue<String> answers = new ArrayDeque<>();
    private HttpServer client;
    private volatile int status = 200;

    @BeforeEach
    void startClient() throws IOException {
        client = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        client.createContext("/record", exchange -> {
            try (exchange) {
                String next = answers.size() > 1 ? answers.remove() : answers.element();
                byte[] body = next.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        client.start();
    }

    @AfterEach
    void stopClient() {
        client.stop(0);
    }

    @Test
    void waitsUntilTheClientIsServedAndHasChecked() {
        answers.addAll(List.of(OPEN, UNCHECKED, SETTLED));

        ClientRecord record = read(Duration.ofSeconds(10));

        assertThat(record.lostSeconds()).contains(1.5);
        assertThat(answers).hasSize(1);
    }

    @Test
    void recordThatDoesNotSettleIsNoMeasurement() {
        answers.add(UNCHECKED);

        assertThatThrownBy(() -> read(Duration.ofMillis(300))).matches(FailureType.PRECONDITION_FAILED::is);
    }

    @Test
    void refusalIsNotARecord() {
        answers.add(SETTLED);
        status = 503;

        assertThatThrownBy(() -> read(Duration.ofSeconds(1)))
                .matches(FailureType.UNAVAILABLE::is)
                .hasMessageContaining("503");
    }

    private ClientRecord read(Duration patience) {
        String url = "http://127.0.0.1:" + client.getAddress().getPort() + "/record";
        return new DefaultClientActivities(new Settings(name -> null), patience).read(new Client(new Setting(url)));
    }

    private static String record(String lostSeconds, boolean open, boolean answering) {
        return """
                {"schemaVersion":1,"client":"orders-client","acknowledged":10,"lost":2,"lostSeconds":%s,
                 "outage":{"startedAt":"2026-01-01T00:00:00Z","seconds":4.0,"open":%s},"answering":%s}""".formatted(lostSeconds, open, answering);
    }
}
