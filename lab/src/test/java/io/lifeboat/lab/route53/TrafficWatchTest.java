package io.lifeboat.lab.route53;

import static io.lifeboat.lab.route53.TrafficRig.EAST_ADDRESS;
import static io.lifeboat.lab.route53.TrafficRig.RECORD;
import static io.lifeboat.lab.route53.TrafficRig.WEST;
import static io.lifeboat.lab.route53.TrafficRig.weights;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.activity.epoch.RecordingEpochGate;
import io.lifeboat.activity.traffic.DefaultTrafficActivities;
import io.lifeboat.runbook.SmokeTest;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.traffic.TrafficActivities.Watch;
import io.lifeboat.workflow.traffic.WatchReceipt;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A service watched through the lab's name server, as its clients use it. */
@Order(1) // waits for the longest
class TrafficWatchTest {
    private TrafficRig rig;
    private DefaultTrafficActivities activities;

    @BeforeEach
    void startRegions() throws IOException {
        rig = new TrafficRig(Duration.ZERO);
        activities = new DefaultTrafficActivities(rig.zones, rig.settings, new RecordingEpochGate());
    }

    @AfterEach
    void stopRegions() throws IOException {
        rig.close();
    }

    @Test
    void watchAsksUnderThePublicNameAndCounts() {
        rig.replace(weights(4, 0, 100));

        WatchReceipt receipt = activities.watch(watch(Duration.ofSeconds(2)));

        assertThat(receipt.asked()).isGreaterThan(1).isEqualTo(receipt.good()).isEqualTo(rig.askedInWest.get());
        assertThat(receipt.seconds()).isGreaterThanOrEqualTo(2);
        assertThat(rig.askedHosts).containsOnly(RECORD + ":" + rig.port);
    }

    @Test
    void watchFollowsTheNameOnceItsTtlIsOver() {
        rig.askedInEast = () -> {
            rig.askedInEast = () -> {};
            rig.replace(weights(4, 0, 100));
        };

        // Four times the TTL, so that a machine without a processor to spare has enough questions left after it.
        WatchReceipt receipt = activities.watch(watch(Duration.ofSeconds(4)));

        assertThat(receipt.good()).isEqualTo(receipt.asked());
        assertThat(rig.askedInWest.get()).isBetween(1, receipt.asked() - 1);
    }

    @Test
    void watchOfBadAnswersFailsWithTheLastOne() {
        rig.status = 503;

        assertThatThrownBy(() -> activities.watch(watch(Duration.ofMillis(300))))
                .matches(FailureType.UNAVAILABLE::is)
                .hasMessageContaining(" 0 were good")
                .hasMessageContaining("The last bad one was 503");
    }

    @Test
    void watchOfAServiceThatIsGoneFails() {
        rig.east.stop(0);

        assertThatThrownBy(() -> activities.watch(watch(Duration.ofMillis(300))))
                .matches(FailureType.UNAVAILABLE::is)
                .hasMessageContaining("no answer from " + EAST_ADDRESS);
    }

    private Watch watch(Duration time) {
        return new Watch(
                rig.traffic(time),
                WEST,
                new SmokeTest.Http("health", Duration.ofSeconds(1), "/health", 200, Optional.empty()));
    }
}
