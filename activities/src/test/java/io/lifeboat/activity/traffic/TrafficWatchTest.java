package io.lifeboat.activity.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.lifeboat.activity.site.Settings;
import io.lifeboat.runbook.Setting;
import io.lifeboat.runbook.SmokeTest;
import io.lifeboat.runbook.Traffic;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.traffic.TrafficActivities.Watch;
import io.lifeboat.workflow.traffic.WatchReceipt;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Order(1) // waits for the longest
@Timeout(60)
final class TrafficWatchTest {
    private static final Duration WATCH = Duration.ofSeconds(1);

    private final AtomicInteger questions = new AtomicInteger();
    private FixedDns dns;
    private HttpServer service;
    private volatile IntPredicate good = question -> true;

    @BeforeEach
    void startService() throws IOException {
        dns = new FixedDns("127.0.0.1");
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/health", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(good.test(questions.incrementAndGet()) ? 200 : 503, -1);
            }
        });
        service.start();
    }

    @AfterEach
    void stopService() {
        service.stop(0);
        dns.close();
    }

    @Test
    void goodAnswersForTheWatchTimeAreEnough() {
        WatchReceipt receipt = watch(Duration.ofSeconds(5));

        assertThat(receipt.good()).isEqualTo(receipt.asked()).isEqualTo(questions.get());
        assertThat(receipt.seconds()).isBetween(1.0, 5.0);
    }

    @Test
    void badAnswersWhileItSettlesAreShownButBeginTheWatchAnew() {
        good = question -> question > 2;

        WatchReceipt receipt = watch(Duration.ofSeconds(5));

        assertThat(receipt.asked()).isEqualTo(questions.get());
        assertThat(receipt.good()).isEqualTo(receipt.asked() - 2);
        assertThat(receipt.seconds()).isGreaterThan(1.2);
    }

    @Test
    void oneBadAnswerAfterwardsIsForgivenAndShown() {
        good = question -> question != 1;

        WatchReceipt receipt = watch(Duration.ZERO);

        assertThat(receipt.good()).isEqualTo(receipt.asked() - 1);
    }

    @Test
    void twoBadAnswersOfAFewAreNot() {
        good = question -> question > 2;

        assertThatThrownBy(() -> watch(Duration.ZERO))
                .matches(FailureType.UNAVAILABLE::is)
                .hasMessageContaining("2 were bad where 1 may be")
                .hasMessageContaining("503")
                .hasMessageContaining("west");
    }

    @Test
    void serviceThatNeverAnswersWellIsNotRecovered() {
        good = question -> false;

        assertThatThrownBy(() -> watch(Duration.ofMillis(300)))
                .matches(FailureType.UNAVAILABLE::is)
                .hasMessageContaining(" 0 were good");
    }

    private WatchReceipt watch(Duration ttl) {
        Setting port = new Setting(Integer.toString(service.getAddress().getPort()));
        Traffic traffic = new Traffic(
                Traffic.Driver.ROUTE53_WEIGHTS,
                "lifeboat.test",
                "orders.lifeboat.test",
                ttl,
                new Traffic.HealthCheck(Duration.ofSeconds(10), 3),
                WATCH,
                List.of(new Traffic.Endpoint("west", new Setting("127.0.0.1"), port, 0)));
        SmokeTest.Http question =
                new SmokeTest.Http("the api answers", Duration.ofSeconds(10), "/health", 200, Optional.empty());
        return new TrafficWatch(new OneZone(dns.server()), new Settings(name -> null))
                .run(new Watch(traffic, "west", question));
    }
}
