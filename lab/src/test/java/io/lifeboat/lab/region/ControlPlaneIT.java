package io.lifeboat.lab.region;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.activity.kubernetes.fabric8.Fabric8Clusters;
import io.lifeboat.lab.LabState;
import io.lifeboat.lab.kubernetes.KubernetesAccess;
import io.lifeboat.lab.kubernetes.KubernetesBinaries;
import io.lifeboat.lab.kubernetes.ServedClusterContract;
import io.lifeboat.workflow.FailureType;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@EnabledIf(
        value = "isInstalled",
        disabledReason =
                "A real Kubernetes control plane is not installed: run `lifeboat lab install kubernetes` once.")
@Execution(ExecutionMode.SAME_THREAD)
class ControlPlaneIT extends ApiServerContract {

    ControlPlaneIT() {
        super(LabState.Kubernetes.CONTROL_PLANE);
    }

    static boolean isInstalled() {
        return KubernetesBinaries.installed().isPresent();
    }

    /** The adapter on the same control plane, which takes seconds to start. */
    @Nested
    class Adapter extends ServedClusterContract {

        @Override
        protected KubernetesAccess access() {
            return rig.access();
        }

        @Test
        void podsAndReadinessFollowTheReplicas() {
            RegionRig.await(
                    "3 Pods are ready",
                    () -> deployment().pods() == 3 && deployment().ready() == 3);

            change(d -> d.withReplicas(0, 7));

            RegionRig.await(
                    "no Pod is left",
                    () -> deployment().pods() == 0 && deployment().ready() == 0);
        }

        @Test
        void tokenThatTheServerDoesNotKnowIsNamedAsTheCause() {
            try (Fabric8Clusters stranger = clusters("nobody's")) {
                assertThatThrownBy(() -> stranger.in("us-east-1").deployments(namespace()))
                        .matches(FailureType.UNAVAILABLE::is)
                        .hasMessageContaining("answered 401. Check the worker's token")
                        .hasMessageNotContaining("nobody's");
            }
        }
    }
}
