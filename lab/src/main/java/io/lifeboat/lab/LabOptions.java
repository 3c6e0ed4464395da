package io.lifeboat.lab;

import io.lifeboat.lab.LabState.Kubernetes;
import io.lifeboat.lab.kubernetes.KubernetesBinaries;
import java.util.OptionalInt;

/**
 * How a lab is put up.
 *
 * @param temporalPort Temporal's port where it must be a certain one
 * @param uiPort the Web UI's port where it must be a certain one
 * @param applications whether our own processes run beside the databases, object stores and Temporal
 */
public record LabOptions(
        String name, OptionalInt temporalPort, OptionalInt uiPort, Kubernetes kubernetes, boolean applications) {

    /** Everything as usual; a real Kubernetes control plane where one has been built. */
    public static LabOptions named(String name) {
        Kubernetes best = KubernetesBinaries.installed().isPresent() ? Kubernetes.CONTROL_PLANE : Kubernetes.IN_PROCESS;
        return new LabOptions(name, OptionalInt.empty(), OptionalInt.empty(), best, true);
    }

    public LabOptions withTemporalPort(int port) {
        return new LabOptions(name, OptionalInt.of(port), uiPort, kubernetes, applications);
    }

    public LabOptions withUiPort(int port) {
        return new LabOptions(name, temporalPort, OptionalInt.of(port), kubernetes, applications);
    }

    public LabOptions withKubernetes(Kubernetes chosen) {
        return new LabOptions(name, temporalPort, uiPort, chosen, applications);
    }

    /** Only the databases, the object stores and Temporal. */
    public LabOptions withoutApplications() {
        return new LabOptions(name, temporalPort, uiPort, kubernetes, false);
    }
}
