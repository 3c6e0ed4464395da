package io.lifeboat.lab.kubernetes;

/** Placeholder until the real control plane follows in the next commit. */
public final class ControlPlane implements ApiServer {
    private final KubernetesAccess access;

    static ControlPlane start(
            io.lifeboat.lab.LabState l, io.lifeboat.lab.LabState.Region r, io.lifeboat.lab.process.Launcher x) {
        return new ControlPlane(KubernetesAccess.of(l, r));
    }

    ControlPlane(KubernetesAccess access) {
        this.access = access;
    }

    @Override
    public KubernetesAccess access() {
        return access;
    }

    @Override
    public boolean hasControllers() {
        return true;
    }

    @Override
    public void close() {}
}
