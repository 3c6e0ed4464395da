package io.lifeboat.lab.kubernetes;

import io.lifeboat.lab.LabState;
import io.lifeboat.lab.LabState.Region;
import io.lifeboat.lab.process.Launcher;

/** A region's Kubernetes API that answers. */
public sealed interface ApiServer extends AutoCloseable permits InProcessApiServer, ControlPlane {

    /** Starts the kind that the lab was made with, and writes {@code access.json} into the region's folder. */
    static ApiServer start(LabState lab, Region region, Launcher launcher) {
        ApiServer server = switch (lab.kubernetes()) {
            case IN_PROCESS -> InProcessApiServer.start(lab, region);
            case CONTROL_PLANE -> ControlPlane.start(lab, region, launcher);
        };
        server.access().write(KubernetesAccess.folder(lab, region).resolve("access.json"));
        return server;
    }

    /** How clients reach it. */
    KubernetesAccess access();

    /** Whether Kubernetes' own controllers run; where they do not, the lab writes Pods and status itself. */
    boolean hasControllers();

    /** Ends it; what it held is gone. */
    @Override
    void close();
}
