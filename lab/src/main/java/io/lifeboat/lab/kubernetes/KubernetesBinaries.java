package io.lifeboat.lab.kubernetes;

import io.lifeboat.lab.tool.ToolCache;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The programs of a real control plane, built once by {@link KubernetesInstall}.
 *
 * @param folder holds all of them
 */
public record KubernetesBinaries(Path folder) {

    /** Of Kubernetes itself, as go.mod has it. */
    public static final String VERSION = "1.36.4";

    enum Program {
        KUBE_APISERVER("k8s.io/kubernetes/cmd/kube-apiserver"),
        KUBE_CONTROLLER_MANAGER("k8s.io/kubernetes/cmd/kube-controller-manager"),
        KUBE_SCHEDULER("k8s.io/kubernetes/cmd/kube-scheduler"),
        ETCD("go.etcd.io/etcd/server/v3"),
        KWOK("sigs.k8s.io/kwok/cmd/kwok");

        private final String source;

        Program(String source) {
            this.source = source;
        }

        /** The package of Go it is built from. */
        String source() {
            return source;
        }

        String file() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** The ones in the user's cache, where they were installed and are complete. */
    public static Optional<KubernetesBinaries> installed() {
        return Optional.of(new KubernetesBinaries(cacheFolder(System.getenv()))).filter(KubernetesBinaries::isComplete);
    }

    static Path cacheFolder(Map<String, String> environment) {
        return ToolCache.location(environment).resolve("kubernetes").resolve(VERSION);
    }

    boolean isComplete() {
        return Arrays.stream(Program.values()).allMatch(program -> Files.isExecutable(path(program)));
    }

    Path path(Program program) {
        return folder.resolve(program.file());
    }
}
