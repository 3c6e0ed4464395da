package io.lifeboat.activity.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.activity.kubernetes.ClusterClient.CronJobView;
import io.lifeboat.activity.kubernetes.ClusterClient.DeploymentView;
import io.lifeboat.workflow.FailureType;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link ClusterClient} promises, on a cluster whose orders namespace has what the tests name. */
public abstract class ClusterClientContract {
    protected static final String NAMESPACE = "orders";
    /** A Deployment of three replicas. */
    protected static final String DEPLOYMENT = "orders-api";
    /** A CronJob that is not suspended. */
    protected static final String CRON_JOB = "orders-invoices";

    protected abstract ClusterClient cluster();

    @Test
    void readsWhatIsThere() {
        DeploymentView seen = deployment();

        assertThat(seen.replicas()).isEqualTo(3);
        assertThat(seen.epoch()).isZero();
        assertThat(seen.before()).isEmpty();
        assertThat(cronJob().suspended()).isFalse();
        assertThat(cronJob().byFence()).isFalse();
        assertThat(cluster().deployments(NAMESPACE)).contains(DEPLOYMENT);
    }

    @Test
    void absentObjectsAreEmpty() {
        assertThat(cluster().deployment(NAMESPACE, "nothing")).isEmpty();
        assertThat(cluster().cronJob(NAMESPACE, "nothing")).isEmpty();
    }

    @Test
    void changeCarriesReplicasEpochAndMemoryAndForgetsThemAgain() {
        DeploymentView fenced =
                cluster().change(deployment(), d -> d.withReplicas(0, 7).withBefore(Optional.of(3)));
        assertThat(deployment().replicas()).isZero();
        assertThat(deployment().epoch()).isEqualTo(7);
        assertThat(deployment().before()).contains(3);

        cluster().change(fenced, d -> d.withReplicas(3, 8).withBefore(Optional.empty()));
        assertThat(deployment().replicas()).isEqualTo(3);
        assertThat(deployment().epoch()).isEqualTo(8);
        assertThat(deployment().before()).isEmpty();
    }

    @Test
    void changeOfAnObjectThatChangedSinceIsRefused() {
        DeploymentView read = deployment();
        cluster().change(read, d -> d.withReplicas(2, 7));

        assertThatThrownBy(() -> cluster().change(read, d -> d.withReplicas(9, 8)))
                .matches(FailureType.CONFLICT::is);
        assertThat(deployment().replicas()).isEqualTo(2);
        assertThat(deployment().epoch()).isEqualTo(7);
    }

    @Test
    void suspensionCarriesTheEpochAndRefusesAStaleVersion() {
        CronJobView read = cronJob();
        cluster().changeCronJob(read, c -> c.withSuspended(true, 7));

        assertThat(cronJob().suspended()).isTrue();
        assertThat(cronJob().epoch()).isEqualTo(7);
        assertThatThrownBy(() -> cluster().changeCronJob(read, c -> c.withSuspended(false, 8)))
                .matches(FailureType.CONFLICT::is);
        assertThat(cronJob().suspended()).isTrue();
    }

    @Test
    void suspensionByAFenceIsRememberedUntilSomebodyChangesIt() {
        cluster().changeCronJob(cronJob(), c -> c.suspendedByFence(7));
        assertThat(cronJob().suspended()).isTrue();
        assertThat(cronJob().byFence()).isTrue();
        assertThat(cronJob().epoch()).isEqualTo(7);

        cluster().changeCronJob(cronJob(), c -> c.withSuspended(false, 8));
        assertThat(cronJob().suspended()).isFalse();
        assertThat(cronJob().byFence()).isFalse();
    }

    private DeploymentView deployment() {
        return cluster().deployment(NAMESPACE, DEPLOYMENT).orElseThrow();
    }

    private CronJobView cronJob() {
        return cluster().cronJob(NAMESPACE, CRON_JOB).orElseThrow();
    }
}
