package io.lifeboat.activity.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.activity.kubernetes.fabric8.Fabric8Clusters;
import io.lifeboat.workflow.FailureType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class Fabric8ClusterClientTest extends ClusterClientContract {
    /** A call is bounded to three seconds; the rest is for a busy machine. The library tries on for minutes. */
    private static final Duration SOON = Duration.ofSeconds(20);

    private MockCluster server;
    private Fabric8Clusters clusters;

    @BeforeEach
    void startCluster() {
        server = new MockCluster();
        server.deployment(DEPLOYMENT, 3, 3);
        server.cronJob(CRON_JOB, false);
        clusters = server.clusters();
    }

    @AfterEach
    void stopCluster() {
        clusters.close();
        server.close();
    }

    @Override
    protected ClusterClient cluster() {
        return clusters.in("east");
    }

    @Test
    void countsPodsOfTheDeploymentAlone() {
        server.pod(DEPLOYMENT, "api-1");
        server.pod("another", "other-1");

        assertThat(deployment().pods()).isEqualTo(1);
    }

    @Test
    void apiServerThatIsAwayIsUnavailableSoon() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        assertUnavailableSoon(port);
    }

    @Test
    void apiServerThatAcceptsAndIsSilentIsUnavailableSoon() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            assertUnavailableSoon(silent.getLocalPort());
        }
    }

    private static void assertUnavailableSoon(int port) {
        try (Fabric8Clusters away = MockCluster.at(URI.create("http://127.0.0.1:" + port))) {
            long started = System.nanoTime();

            assertThatThrownBy(() -> away.in("east").deployments("orders")).matches(FailureType.UNAVAILABLE::is);
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(SOON);
        }
    }
}
