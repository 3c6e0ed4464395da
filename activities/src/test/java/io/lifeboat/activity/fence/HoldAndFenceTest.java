package io.lifeboat.activity.fence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.activity.epoch.RecordingEpochGate;
import io.lifeboat.activity.kubernetes.ClusterClient;
import io.lifeboat.activity.kubernetes.MockCluster;
import io.lifeboat.activity.kubernetes.fabric8.Fabric8Clusters;
import io.lifeboat.activity.workload.DefaultWorkloadActivities;
import io.lifeboat.runbook.FenceDriver;
import io.lifeboat.runbook.Ledger;
import io.lifeboat.runbook.Workload;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.epoch.Epoch;
import io.lifeboat.workflow.fence.FenceActivities.Fence;
import io.lifeboat.workflow.workload.HoldReceipt;
import io.lifeboat.workflow.workload.WorkloadActivities.Hold;
import io.lifeboat.workflow.workload.WorkloadActivities.Resume;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Hold and fence both suspend CronJobs; however they are undone, what ran before runs again and nothing else does. */
final class HoldAndFenceTest {
    private static final Workload.Deployment API = new Workload.Deployment("orders-api", "orders", 3);
    private static final Workload.CronJob INVOICES = new Workload.CronJob("orders-invoices", "orders");
    private static final Workload.CronJob REMINDERS = new Workload.CronJob("orders-reminders", "orders");
    private static final Workload.CronJob PAUSED = new Workload.CronJob("orders-paused", "orders");

    private final RecordingEpochGate gate = new RecordingEpochGate();
    private MockCluster server;
    private Fabric8Clusters clusters;
    private KubernetesFencer fencer;
    private DefaultWorkloadActivities workloads;

    @BeforeEach
    void startCluster() {
        server = new MockCluster();
        server.deployment("orders-api", 3, 3);
        server.cronJob("orders-invoices", false);
        server.cronJob("orders-reminders", false);
        server.cronJob("orders-paused", true);
        clusters = server.clusters();
        fencer = new KubernetesFencer(clusters, gate);
        workloads = new DefaultWorkloadActivities(clusters, gate);
    }

    @AfterEach
    void stopCluster() {
        clusters.close();
        server.close();
    }

    @Test
    void liftResumesWhatTheFenceSuspendedAndNothingElse() {
        fencer.fence(fence(7));

        String detail = fencer.lift(fence(7)).detail();

        assertThat(detail).contains("orders-invoices", "orders-reminders").doesNotContain("orders-paused");
        assertRunsAsBefore();
        assertThat(fencer.lift(fence(7)).detail()).isEqualTo(detail);
    }

    @Test
    void liftLeavesToTheReleaseWhatTheHoldSuspended() {
        workloads.hold(hold(INVOICES, PAUSED));
        fencer.fence(fence(7));

        fencer.lift(fence(7));

        assertThat(suspended(INVOICES)).isTrue();
        assertThat(suspended(REMINDERS)).isFalse();
        assertThat(suspended(PAUSED)).isTrue();
    }

    @Test
    void liftThenReleaseTwiceLeavesTheOriginalState() {
        HoldReceipt held = workloads.hold(hold(INVOICES, PAUSED));
        fencer.fence(fence(7));

        for (int time = 0; time < 2; time++) {
            fencer.lift(fence(7));
            workloads.release(held, epoch(7));
        }

        assertRunsAsBefore();
    }

    @Test
    void releaseThenLiftTwiceLeavesTheOriginalState() {
        HoldReceipt held = workloads.hold(hold(INVOICES, PAUSED));
        fencer.fence(fence(7));

        for (int time = 0; time < 2; time++) {
            workloads.release(held, epoch(7));
            fencer.lift(fence(7));
        }

        assertRunsAsBefore();
    }

    @Test
    void holdAskedAgainAfterTheFenceIsReleasedLikeTheFirst() {
        fencer.fence(fence(7));
        HoldReceipt held = workloads.hold(hold(INVOICES, REMINDERS, PAUSED));

        workloads.release(held, epoch(7));
        fencer.lift(fence(7));

        assertRunsAsBefore();
    }

    @Test
    void fenceThatGotHalfwayIsLiftedByHalf() {
        cluster()
                .changeCronJob(
                        cluster().cronJob("orders", "orders-reminders").orElseThrow(), c -> c.withSuspended(false, 9));
        assertThatThrownBy(() -> fencer.fence(fence(7))).matches(FailureType.STALE_EPOCH::is);
        assertThat(suspended(INVOICES)).isTrue();

        fencer.lift(fence(7));

        assertRunsAsBefore();
    }

    @Test
    void fenceThatIsAskedTwiceStillKnowsWhatItSuspended() {
        fencer.fence(fence(7));
        fencer.fence(fence(7));

        fencer.lift(fence(8));

        assertRunsAsBefore();
    }

    @Test
    void cronJobThatIsActiveAgainIsNotTheFencesAnyMore() {
        fencer.fence(fence(7));
        workloads.resume(new Resume(epoch(8), "east", List.of(INVOICES)));
        server.suspendByHand("orders-invoices");

        fencer.lift(fence(9));

        assertThat(suspended(INVOICES)).isTrue();
    }

    @Test
    void releaseDoesNotTouchWhatSomebodyElseHadSuspended() {
        HoldReceipt held = workloads.hold(hold(INVOICES, PAUSED));

        workloads.release(held, epoch(7));

        assertThat(cluster().cronJob("orders", "orders-paused").orElseThrow().epoch())
                .isZero();
    }

    @Test
    void olderEpochResumesNothing() {
        fencer.fence(fence(7));

        assertThatThrownBy(() -> fencer.lift(cronJobsOnly(6))).matches(FailureType.STALE_EPOCH::is);
        assertThat(suspended(INVOICES)).isTrue();
    }

    private void assertRunsAsBefore() {
        assertThat(cluster().deployment("orders", "orders-api").orElseThrow().replicas())
                .isEqualTo(3);
        assertThat(suspended(INVOICES)).isFalse();
        assertThat(suspended(REMINDERS)).isFalse();
        assertThat(suspended(PAUSED)).isTrue();
    }

    private boolean suspended(Workload.CronJob cronJob) {
        return cluster()
                .cronJob(cronJob.namespace(), cronJob.name())
                .orElseThrow()
                .suspended();
    }

    private ClusterClient cluster() {
        return clusters.in("east");
    }

    private static Hold hold(Workload... workloads) {
        return new Hold(epoch(7), "east", List.of(workloads));
    }

    private static Fence fence(long number) {
        return fence(number, List.of(API, INVOICES, REMINDERS, PAUSED));
    }

    private static Fence cronJobsOnly(long number) {
        return fence(number, List.of(INVOICES));
    }

    private static Fence fence(long number, List<Workload> workloads) {
        return new Fence(
                epoch(number), "east", new FenceDriver.Kubernetes(Duration.ofSeconds(1)), List.of(), workloads);
    }

    private static Epoch epoch(long number) {
        return new Epoch("orders", number, "run-" + number, new Ledger("west", "ledger"));
    }
}
