package io.lifeboat.activity.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.activity.kubernetes.ClusterClient.CronJobView;
import io.lifeboat.activity.kubernetes.ClusterClient.DeploymentView;
import io.lifeboat.workflow.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What every {@link ClusterClient} promises, on a cluster whose namespace has what the tests name. */
public abstract class ClusterClientContract {
    /** A Deployment of three replicas. */
    protected static final String DEPLOYMENT = "orders-api";
    /** A CronJob that is not suspended. */
    protected static final String CRON_JOB = "orders-invoices";

    /** How often a controller may be quicker before that counts as a fault. */
    private static final int TRIES = 50;

    protected abstract ClusterClient cluster();

    /** Where the Deployment and the CronJob are, as nobody has changed them yet. */
    protected String namespace() {
        return "orders";
    }

    @Test
    void readsWhatIsThere() {
        DeploymentView seen = deployment();

        assertThat(seen.replicas()).isEqualTo(3);
        assertThat(seen.epoch()).isZero();
        assertThat(seen.before()).isEmpty();
        assertThat(cronJob().suspended()).isFalse();
        assertThat(cronJob().byFence()).isFalse();
        assertThat(cluster().deployments(namespace())).contains(DEPLOYMENT);
    }

    @Test
    void absentObjectsAreEmpty() {
        assertThat(cluster().deployment(namespace(), "nothing")).isEmpty();
        assertThat(cluster().cronJob(namespace(), "nothing")).isEmpty();
    }

    @Test
    void changeCarriesReplicasEpochAndMemoryAndForgetsThemAgain() {
        DeploymentView fenced = change(d -> d.withReplicas(0, 7).withBefore(Optional.of(3)));

        assertThat(fenced.replicas()).isZero();
        assertThat(deployment().replicas()).isZero();
        assertThat(deployment().epoch()).isEqualTo(7);
        assertThat(deployment().before()).contains(3);

        change(d -> d.withReplicas(3, 8).withBefore(Optional.empty()));

        assertThat(deployment().replicas()).isEqualTo(3);
        assertThat(deployment().epoch()).isEqualTo(8);
        assertThat(deployment().before()).isEmpty();
    }

    @Test
    void changeOfAnObjectThatChangedSinceIsRefused() {
        DeploymentView read = deployment();
        change(d -> d.withReplicas(2, 7));

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

    /** As callers do it: a controller may write the object's status between look and act, and it is looked at again. */
    protected final DeploymentView change(UnaryOperator<DeploymentView> change) {
        for (int attempt = 1; ; attempt++) {
            try {
                return cluster().change(deployment(), change);
            } catch (ApplicationFailure overtaken) {
                if (!FailureType.CONFLICT.is(overtaken) || attempt == TRIES) {
                    throw overtaken;
                }
            }
        }
    }

    protected final DeploymentView deployment() {
        return cluster().deployment(namespace(), DEPLOYMENT).orElseThrow();
    }

    private CronJobView cronJob() {
        return cluster().cronJob(namespace(), CRON_JOB).orElseThrow();
    }
}
