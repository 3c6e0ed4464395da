package io.lifeboat.lab.region;

import io.lifeboat.lab.LabState;
import io.lifeboat.lab.kubernetes.KubernetesBinaries;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf(
        value = "isInstalled",
        disabledReason =
                "A real Kubernetes control plane is not installed: run `lifeboat lab install kubernetes` once.")
class ControlPlaneIT extends ApiServerContract {

    ControlPlaneIT() {
        super(LabState.Kubernetes.CONTROL_PLANE);
    }

    static boolean isInstalled() {
        return KubernetesBinaries.installed().isPresent();
    }
}
