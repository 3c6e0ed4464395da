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

    /** The pinned version of Kubernetes itself. */
    public static final String VERSION = "1.36.4";

    static final String ETCD_VERSION = "3.6.5";
    static final String KWOK_VERSION = "0.8.0";

    enum Program {
        ETCD,
        KUBE_APISERVER,
        KUBE_CONTROLLER_MANAGER,
        KUBE_SCHEDULER,
        KWOK;

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
