package io.lifeboat.lab.route53;

import static io.lifeboat.lab.route53.TrafficRig.EAST;
import static io.lifeboat.lab.route53.TrafficRig.EAST_ADDRESS;
import static io.lifeboat.lab.route53.TrafficRig.RECORD;
import static io.lifeboat.lab.route53.TrafficRig.WEST;
import static io.lifeboat.lab.route53.TrafficRig.WEST_ADDRESS;
import static io.lifeboat.lab.route53.TrafficRig.weights;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.lifeboat.activity.dns.DnsZone;
import io.lifeboat.activity.dns.DnsZone.WeightedAddress;
import io.lifeboat.activity.dns.DnsZone.Weights;
import io.lifeboat.activity.dns.DnsZones;
import io.lifeboat.activity.dns.Resolver;
import io.lifeboat.activity.epoch.RecordingEpochGate;
import io.lifeboat.activity.traffic.DefaultTrafficActivities;
import io.lifeboat.lab.Await;
import io.lifeboat.runbook.Ledger;
import io.lifeboat.workflow.Fact;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.epoch.Epoch;
import io.lifeboat.workflow.traffic.TrafficActivities.Move;
import io.lifeboat.workflow.traffic.TrafficReceipt;
import io.lifeboat.workflow.verification.VerificationReceipt;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.route53.model.HealthCheckType;

/** Traffic moved in the lab's Route 53, and what its name server answers then. */
class DefaultTrafficActivitiesTest {
    private final RecordingEpochGate gate = new RecordingEpochGate();
    private TrafficRig rig;
    private DefaultTrafficActivities activities;

    @BeforeEach
    void startRegions() throws IOException {
        start(Duration.ZERO);
    }

    private void start(Duration propagation) throws IOException {
        rig = new TrafficRig(propagation);
        activities = new DefaultTrafficActivities(rig.zones, rig.settings, gate);
    }

    private void restart(Duration propagation) throws IOException {
        rig.close();
        start(propagation);
    }

    @AfterEach
    void stopRegions() throws IOException {
        rig.close();
    }

    @Test
    void movesAllTrafficAndSaysWhatTheServersAnswered() throws IOException {
        TrafficReceipt receipt = activities.move(move(4));

        assertThat(new Resolver(rig.nameServer()).addresses(RECORD)).containsExactly(WEST_ADDRESS);
        assertThat(rig.weights()).isEqualTo(weights(4, 0, 100));
        assertThat(receipt.facts())
                .contains(
                        new Fact("weight of us-east-1", "100 → 0"),
                        new Fact("weight of us-west-2", "0 → 100"),
                        new Fact("change", receipt.change()))
                .last()
                .satisfies(fact -> {
                    assertThat(fact.label()).isEqualTo("server " + rig.nameServer());
                    assertThat(fact.value()).startsWith(WEST_ADDRESS);
                });
        assertThat(receipt.change()).contains("C0");
        assertThat(receipt.sentence()).isEqualTo(RECORD + " answers with us-west-2 on every authoritative server.");
    }

    @Test
    void moveEndsOnlyWhenTheServersHaveTheChange() throws IOException {
        restart(Duration.ofMillis(300));

        TrafficReceipt receipt = activities.move(move(4));

        assertThat(receipt.seconds()).isGreaterThanOrEqualTo(0.3);
        assertThat(new Resolver(rig.nameServer()).addresses(RECORD)).containsExactly(WEST_ADDRESS);
    }

    @Test
    void movingTwiceIsOneChange() {
        TrafficReceipt first = activities.move(move(4));
        TrafficReceipt second = activities.move(move(4));

        assertThat(second.change()).isEqualTo("already made").isNotEqualTo(first.change());
        assertThat(second.after()).isEqualTo(first.after());
        assertThat(second.before()).isEqualTo(first.after());
    }

    @Test
    void zoneThatCarriesANewerEpochIsLeftAlone() {
        rig.replace(weights(5, 100, 0));

        assertThatThrownBy(() -> activities.move(move(4)))
                .matches(FailureType.STALE_EPOCH::is)
                .hasMessageContaining("the zone carries epoch 5");
        assertThat(rig.weights()).isEqualTo(weights(5, 100, 0));
    }

    @Test
    void runThatHasLostItsEpochChangesNothing() {
        gate.moveTo(5);

        assertThatThrownBy(() -> activities.move(move(4))).matches(FailureType.STALE_EPOCH::is);
        assertThat(rig.weights()).isEqualTo(weights(0, 100, 0));
    }

    @Test
    void healthChecksAreKept() {
        String check;
        try (var route53 = Route53Contract.client(rig.dns.endpoint())) {
            check = route53.createHealthCheck(request -> request.callerReference("west")
                            .healthCheckConfig(config -> config.type(HealthCheckType.TCP)
                                    .ipAddress(WEST_ADDRESS)
                                    .port(rig.port)))
                    .healthCheck()
                    .id();
        }
        WeightedAddress checked = new WeightedAddress(WEST, WEST_ADDRESS, 0, 1, Optional.of(check));
        rig.replace(new Weights(List.of(rig.weights().addresses().getFirst(), checked), 3));

        activities.move(move(4));

        assertThat(rig.weights().addresses())
                .contains(new WeightedAddress(WEST, WEST_ADDRESS, 100, 1, Optional.of(check)))
                .contains(new WeightedAddress(EAST, EAST_ADDRESS, 0, 1, Optional.empty()));
    }

    @Test
    void waitForTheServersEndsWhenItIsInterrupted() throws Exception {
        restart(Duration.ofHours(1));
        CompletableFuture<String> waiting = new CompletableFuture<>();
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        DefaultTrafficActivities slow = new DefaultTrafficActivities(tellingWhenItWaits(waiting), rig.settings, gate);

        Thread mover = Thread.ofVirtual().start(() -> failure.complete(catchThrowable(() -> slow.move(move(4)))));
        Await.until("the move waits for the servers", waiting::isDone);
        mover.interrupt();

        Await.until("the move has ended", failure::isDone);
        assertThat(failure.join()).matches(FailureType.UNAVAILABLE::is).hasMessageContaining("was interrupted");
        assertThat(rig.weights().epoch()).isEqualTo(4);
    }

    /** The servers are asked for once the API has taken the change. */
    private DnsZones tellingWhenItWaits(CompletableFuture<String> waiting) {
        return new DnsZones() {
            @Override
            public DnsZone zone(String name) {
                return rig.zones.zone(name);
            }

            @Override
            public List<String> nameservers(String name) {
                waiting.complete(name);
                return rig.zones.nameservers(name);
            }
        };
    }

    private Move move(long epoch) {
        return new Move(
                new Epoch("orders", epoch, "failover/orders/1", new Ledger(WEST, "ledger")),
                rig.traffic(Duration.ofSeconds(1)),
                WEST,
                List.of(new VerificationReceipt("health", WEST, "200", 1, 0.1)));
    }
}
