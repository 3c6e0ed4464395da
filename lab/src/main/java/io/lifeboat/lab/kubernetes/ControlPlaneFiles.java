package io.lifeboat.lab.kubernetes;

import io.lifeboat.lab.LabState;
import io.lifeboat.lab.LabState.Region;
import java.nio.file.Path;

/** Where a region's control plane keeps its files. */
record ControlPlaneFiles(Path folder, Path logs) {

    static ControlPlaneFiles of(LabState lab, Region region) {
        return new ControlPlaneFiles(
                KubernetesAccess.folder(lab, region), Path.of(lab.folder()).resolve("logs"));
    }

    Path token() {
        return folder.resolve("token");
    }

    Path tokenTable() {
        return folder.resolve("tokens.csv");
    }

    Path kubeconfig() {
        return folder.resolve("kubeconfig");
    }

    Path certificates() {
        return folder.resolve("certificates");
    }

    /** Made by the API server on its first start; holds its certificate and that of the authority it made up for it. */
    Path certificate() {
        return certificates().resolve("apiserver.crt");
    }

    Path serviceAccountKey() {
        return folder.resolve("service-account.key");
    }

    Path serviceAccountPublicKey() {
        return folder.resolve("service-account.pub");
    }

    Path stages() {
        return folder.resolve("stages.yaml");
    }

    Path etcdData() {
        return folder.resolve("etcd");
    }
}
