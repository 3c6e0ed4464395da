package io.lifeboat.activity.fence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.activity.epoch.RecordingEpochGate;
import io.lifeboat.activity.kubernetes.ClusterClient.DeploymentView;
import io.lifeboat.activity.kubernetes.MockCluster;
import io.lifeboat.activity.kubernetes.fabric8.Fabric8Clusters;
import io.lifeboat.runbook.FenceDriver;
import io.lifeboat.runbook.Ledger;
import io.lifeboat.runbook.Workload;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.epoch.Epoch;
import io.lifeboat.workflow.fence.FenceActivities.Fence;
import io.lifeboat.workflow.fence.FenceReceipt;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class KubernetesFencerTest {
    private final RecordingEpochGate gate = new RecordingEpochGate();
    private MockCluster server;
    private Fabric8Clusters clusters;
    private KubernetesFencer fencer;

    @BeforeEach
    void startCluster() {
        server = new MockCluster();
        server.deployment("orders-api", 3, 3);
        server.cronJob("orders-invoices", false);
        clusters = server.clusters();
        fencer = new KubernetesFencer(clusters, gate);
    }

    @AfterEach
    void stopCluster() {
        clusters.close();
        server.close();
    }

    @Test
    void writersAtZeroWithoutPodsAreProven() {
        FenceReceipt receipt = fencer.fence(request(7));

        assertThat(receipt.proven()).isTrue();
        assertThat(deployment().replicas()).isZero();
        assertThat(deployment().before()).contains(3);
        assertThat(clusters.in("east")
                        .cronJob("orders", "orders-invoices")
                        .orElseThrow()
                        .suspended())
                .isTrue();
    }

    @Test
    void writersAreStoppedThoughTheFirstLookTookAllTheTime() {
        FenceReceipt receipt = fencer.fence(request(7, Duration.ZERO));

        assertThat(receipt.proven()).isTrue();
        assertThat(deployment().replicas()).isZero();
    }

    @Test
    void stopThatMeetsAnotherWriterIsTriedAgainThoughTheTimeIsOver() {
        ContestedCluster contested = new ContestedCluster(clusters.in("east"), 4);

        FenceReceipt receipt = new KubernetesFencer(region -> contested, gate).fence(request(7, Duration.ZERO));

        assertThat(receipt.proven()).isTrue();
        assertThat(contested.changes()).isEqualTo(5);
        assertThat(deployment().replicas()).isZero();
        assertThat(deployment().before()).contains(7);
    }

    @Test
    void writerThatKeepsInterferingIsNotFoughtForEver() {
        ContestedCluster contested = new ContestedCluster(clusters.in("east"), Integer.MAX_VALUE);

        FenceReceipt receipt = new KubernetesFencer(region -> contested, gate).fence(request(7, Duration.ZERO));

        assertThat(receipt.proven()).isFalse();
        assertThat(receipt.observation()).startsWith("still running: orders-api");
        assertThat(contested.changes()).isEqualTo(5);
    }

    @Test
    void podThatStaysIsNoProof() {
        server.pod("orders-api", "api-1");

        FenceReceipt receipt = fencer.fence(request(7));

        assertThat(receipt.proven()).isFalse();
        assertThat(receipt.observation()).contains("orders-api (1 pods)");

        server.removePods();
        assertThat(fencer.fence(request(7)).proven()).isTrue();
    }

    @Test
    void liftRestoresTheExactCountOnce() {
        fencer.fence(request(7));
        fencer.fence(request(7));
        fencer.lift(request(8));

        assertThat(deployment().replicas()).isEqualTo(3);
        assertThat(deployment().before()).isEmpty();
    }

    @Test
    void liftWhoseReplyWasLostSaysTheSameAgain() {
        fencer.fence(request(7));
        String first = fencer.lift(request(8)).detail();

        assertThat(fencer.lift(request(8)).detail()).isEqualTo(first).contains("orders-api to 3", "orders-invoices");
    }

    @Test
    void liftSaysSoWhereNothingHadBeenStopped() {
        assertThat(fencer.lift(request(7)).detail()).isEqualTo("no writer had been stopped");
    }

    @Test
    void writerThatCameBackDoesNotReplaceTheMemory() {
        fencer.fence(request(7));
        clusters.in("east").change(deployment(), d -> d.withReplicas(1, 7));
        fencer.fence(request(7));

        assertThat(deployment().before()).contains(3);
    }

    @Test
    void olderEpochNeitherStopsNorRestores() {
        fencer.fence(request(7));

        assertThatThrownBy(() -> fencer.lift(request(6))).matches(FailureType.STALE_EPOCH::is);
        assertThat(deployment().replicas()).isZero();

        fencer.lift(request(7));
        assertThatThrownBy(() -> fencer.fence(request(6))).matches(FailureType.STALE_EPOCH::is);
        assertThat(deployment().replicas()).isEqualTo(3);
    }

    @Test
    void clusterThatIsAwayIsAReceiptWithoutAProof() {
        server.close();

        FenceReceipt receipt = new DefaultFenceActivities(fencer, fencer, fencer).fence(request(7));

        assertThat(receipt.proven()).isFalse();
        assertThat(receipt.observation()).contains("API server");
    }

    private DeploymentView deployment() {
        return clusters.in("east").deployment("orders", "orders-api").orElseThrow();
    }

    private static Fence request(long number) {
        return request(number, Duration.ofSeconds(1));
    }

    private static Fence request(long number, Duration timeout) {
        Epoch epoch = new Epoch("orders", number, "run-" + number, new Ledger("west", "ledger"));
        return new Fence(
                epoch,
                "east",
                new FenceDriver.Kubernetes(timeout),
                List.of(),
                List.of(
                        new Workload.Deployment("orders-api", "orders", 3),
                        new Workload.CronJob("orders-invoices", "orders")));
    }
}
