package io.lifeboat.activity.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.activity.epoch.RecordingEpochGate;
import io.lifeboat.activity.site.Settings;
import io.lifeboat.runbook.Ledger;
import io.lifeboat.runbook.Setting;
import io.lifeboat.runbook.Traffic;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.epoch.Epoch;
import io.lifeboat.workflow.traffic.TrafficActivities.Move;
import io.lifeboat.workflow.traffic.TrafficReceipt;
import io.lifeboat.workflow.verification.VerificationReceipt;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class DefaultTrafficActivitiesTest {
    private static final Duration PROPAGATION = Duration.ofMillis(300);
    private static final String EAST = "127.0.0.2";
    private static final String WEST = "127.0.0.3";

    @Test
    void moveIsDoneOnceTheServersGiveTheNewAddress() throws IOException {
        try (FixedDns dns = new FixedDns(WEST)) {
            TrafficReceipt receipt = traffic(dns.server()).move(move());

            assertThat(receipt.after())
                    .containsExactlyInAnyOrder(
                            new TrafficReceipt.Weight("east", 0), new TrafficReceipt.Weight("west", 100));
            assertThat(receipt.answers()).singleElement().asString().contains(dns.server(), WEST, "3 asked");
        }
    }

    @Test
    void serverThatKeepsTheOldAddressIsNamedInTime() throws IOException {
        try (FixedDns dns = new FixedDns(EAST)) {
            DefaultTrafficActivities traffic = traffic(dns.server());

            assertThatThrownBy(() -> traffic.move(move()))
                    .matches(FailureType.UNAVAILABLE::is)
                    .hasMessageContaining(dns.server())
                    .hasMessageContaining("last answered " + EAST)
                    .hasMessageContaining(WEST + " alone is wanted");
        }
    }

    @Test
    void serverThatIsSilentIsNamedInTime() throws IOException {
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            DefaultTrafficActivities traffic = traffic("127.0.0.1:" + silent.getLocalPort());

            assertThatThrownBy(() -> traffic.move(move()))
                    .matches(FailureType.UNAVAILABLE::is)
                    .hasMessageContaining("127.0.0.1:" + silent.getLocalPort() + " last answered nothing at all");
        }
    }

    private static DefaultTrafficActivities traffic(String server) {
        return new DefaultTrafficActivities(
                new OneZone(server), new Settings(name -> null), new RecordingEpochGate(), PROPAGATION);
    }

    private static Move move() {
        Traffic traffic = new Traffic(
                Traffic.Driver.ROUTE53_WEIGHTS,
                "lifeboat.test",
                "orders.lifeboat.test",
                Duration.ofMillis(100),
                new Traffic.HealthCheck(Duration.ofSeconds(10), 3),
                Duration.ofSeconds(5),
                List.of(endpoint("east", EAST, 100), endpoint("west", WEST, 0)));
        return new Move(
                new Epoch("orders", 7, "run-7", new Ledger("west", "ledger")),
                traffic,
                "west",
                List.of(new VerificationReceipt("the api answers", "west", "200", 1, 0.1)));
    }

    private static Traffic.Endpoint endpoint(String region, String address, int weight) {
        return new Traffic.Endpoint(region, new Setting(address), new Setting("80"), weight);
    }
}
