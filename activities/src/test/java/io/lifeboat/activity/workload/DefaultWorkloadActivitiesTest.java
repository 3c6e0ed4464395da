package io.lifeboat.activity.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.activity.epoch.RecordingEpochGate;
import io.lifeboat.activity.kubernetes.ClusterClient;
import io.lifeboat.activity.kubernetes.MockCluster;
import io.lifeboat.activity.kubernetes.fabric8.Fabric8Clusters;
import io.lifeboat.runbook.Ledger;
import io.lifeboat.runbook.Workload;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.epoch.Epoch;
import io.lifeboat.workflow.workload.HoldReceipt;
import io.lifeboat.workflow.workload.ScaleReceipt;
import io.lifeboat.workflow.workload.WorkloadActivities.Hold;
import io.lifeboat.workflow.workload.WorkloadActivities.Resume;
import io.lifeboat.workflow.workload.WorkloadActivities.Scale;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DefaultWorkloadActivitiesTest {
    private static final Workload.Deployment API = new Workload.Deployment("orders-api", "orders", 3);
    private static final Workload.CronJob INVOICES = new Workload.CronJob("orders-invoices", "orders");
    private static final Workload.CronJob NOWHERE = new Workload.CronJob("nowhere", "orders");
    private static final Workload.CronJob PAUSED = new Workload.CronJob("orders-paused", "orders");

    private final RecordingEpochGate gate = new RecordingEpochGate();
    private MockCluster server;
    private Fabric8Clusters clusters;
    private DefaultWorkloadActivities workloads;

    @BeforeEach
    void startCluster() {
        server = new MockCluster();
        server.deployment("orders-api", 3, 3);
        server.cronJob("orders-invoices", false);
        server.cronJob("orders-paused", true);
        clusters = server.clusters();
        workloads = new DefaultWorkloadActivities(clusters, gate);
    }

    @AfterEach
    void stopCluster() {
        clusters.close();
        server.close();
    }

    @Test
    void holdAskedTwiceGivesTheSameReceipt() {
        HoldReceipt first = workloads.hold(hold(7));
        HoldReceipt second = workloads.hold(hold(7));

        assertThat(second).isEqualTo(first);
        assertThat(first.cronJobs())
                .containsExactly(
                        new HoldReceipt.CronJobState("orders-invoices", "orders", false),
                        new HoldReceipt.CronJobState("orders-paused", "orders", true));
        assertThat(first.deployments()).containsExactly(new HoldReceipt.DeploymentState("orders-api", "orders", 3));
        assertThat(isSuspended(INVOICES)).isTrue();
    }

    @Test
    void releaseRestoresWhatTheHoldFound() {
        HoldReceipt held = workloads.hold(hold(7));
        workloads.release(held, epoch(7));

        assertThat(isSuspended(INVOICES)).isFalse();
        assertThat(isSuspended(PAUSED)).isTrue();
    }

    @Test
    void cronJobThatIsNotThereIsNotedAndTheOthersAreHeld() {
        HoldReceipt receipt = workloads.hold(new Hold(epoch(7), "east", List.of(NOWHERE, API, INVOICES)));

        assertThat(receipt.reachable()).isTrue();
        assertThat(receipt.cronJobs())
                .containsExactly(new HoldReceipt.CronJobState("orders-invoices", "orders", false));
        assertThat(receipt.sentence()).contains("1 CronJob suspended", "no CronJob \"orders/nowhere\"");
        assertThat(isSuspended(INVOICES)).isTrue();
    }

    @Test
    void cronJobThatIsNotThereCannotBeResumed() {
        assertThatThrownBy(() -> workloads.resume(new Resume(epoch(7), "east", List.of(NOWHERE))))
                .matches(FailureType.TARGET_NOT_FOUND::is)
                .hasMessageContaining("orders/nowhere");
    }

    @Test
    void regionThatFallsSilentWithAChangeUnderWayIsReleasedLater() {
        HoldReceipt receipt =
                new DefaultWorkloadActivities(region -> new SilentAfterChange(cluster()), gate).hold(hold(7));

        assertThat(isSuspended(INVOICES)).isTrue();
        assertThat(receipt.reachable()).isTrue();
        assertThat(receipt.sentence()).contains("Only in part", "reply is lost");

        workloads.release(receipt, epoch(7));
        assertThat(isSuspended(INVOICES)).isFalse();
    }

    @Test
    void regionThatDoesNotAnswerIsReportedAsNotReachable() {
        server.close();

        HoldReceipt receipt = workloads.hold(hold(7));

        assertThat(receipt.reachable()).isFalse();
        assertThat(receipt.detail()).contains("east");
    }

    @Test
    void objectOfANewerEpochRefusesAnOlderHold() {
        cluster()
                .changeCronJob(
                        cluster().cronJob("orders", "orders-invoices").orElseThrow(), c -> c.withSuspended(false, 9));

        assertThatThrownBy(() -> workloads.hold(hold(7))).matches(FailureType.STALE_EPOCH::is);
        assertThat(isSuspended(INVOICES)).isFalse();
    }

    @Test
    void scaleWaitsForReadyReplicasAndCountsThem() {
        ScaleReceipt receipt = workloads.scale(new Scale(epoch(7), "east", API, 3));

        assertThat(receipt.before()).isEqualTo(3);
        assertThat(receipt.ready()).isEqualTo(3);
        assertThat(cluster().deployment("orders", "orders-api").orElseThrow().epoch())
                .isEqualTo(7);
    }

    @Test
    void scaleForgetsWhatAnEarlierFenceRemembered() {
        cluster()
                .change(
                        cluster().deployment("orders", "orders-api").orElseThrow(),
                        d -> d.withReplicas(3, 7).withBefore(Optional.of(5)));

        workloads.scale(new Scale(epoch(7), "east", API, 3));

        assertThat(cluster().deployment("orders", "orders-api").orElseThrow().before())
                .isEmpty();
    }

    @Test
    void scaleOfAMissingDeploymentIsFinal() {
        Workload.Deployment missing = new Workload.Deployment("nothing", "orders", 1);

        assertThatThrownBy(() -> workloads.scale(new Scale(epoch(7), "east", missing, 1)))
                .matches(FailureType.TARGET_NOT_FOUND::is)
                .hasMessageContaining("orders/nothing");
    }

    @Test
    void staleEpochScalesNothing() {
        gate.moveTo(8);

        assertThatThrownBy(() -> workloads.scale(new Scale(epoch(7), "east", API, 0)))
                .matches(FailureType.STALE_EPOCH::is);
        assertThat(cluster().deployment("orders", "orders-api").orElseThrow().replicas())
                .isEqualTo(3);
    }

    @Test
    void resumeTouchesOnlyWhatIsNamed() {
        workloads.hold(hold(7));
        workloads.resume(new Resume(epoch(7), "east", List.of(INVOICES)));

        assertThat(isSuspended(INVOICES)).isFalse();
        assertThat(isSuspended(PAUSED)).isTrue();
    }

    private boolean isSuspended(Workload.CronJob cronJob) {
        return cluster()
                .cronJob(cronJob.namespace(), cronJob.name())
                .orElseThrow()
                .suspended();
    }

    private ClusterClient cluster() {
        return clusters.in("east");
    }

    /** Does what it is asked to, and loses the reply. */
    private record SilentAfterChange(ClusterClient cluster) implements ClusterClient {
        @Override
        public Optional<DeploymentView> deployment(String namespace, String name) {
            return cluster.deployment(namespace, name);
        }

        @Override
        public DeploymentView change(DeploymentView read, UnaryOperator<DeploymentView> change) {
            throw silent(cluster.change(read, change).name());
        }

        @Override
        public Optional<CronJobView> cronJob(String namespace, String name) {
            return cluster.cronJob(namespace, name);
        }

        @Override
        public CronJobView changeCronJob(CronJobView read, UnaryOperator<CronJobView> change) {
            throw silent(cluster.changeCronJob(read, change).name());
        }

        @Override
        public List<String> deployments(String namespace) {
            return cluster.deployments(namespace);
        }

        private static ApplicationFailure silent(String name) {
            return FailureType.UNAVAILABLE.failure("the reply is lost of " + name);
        }
    }

    private static Hold hold(long number) {
        return new Hold(epoch(number), "east", List.of(API, INVOICES, PAUSED));
    }

    private static Epoch epoch(long number) {
        return new Epoch("orders", number, "run-" + number, new Ledger("west", "ledger"));
    }
}
