package io.lifeboat.lab.kubernetes;

import io.lifeboat.lab.LabException;
import io.lifeboat.lab.Progress;
import io.lifeboat.lab.kubernetes.KubernetesBinaries.Program;
import io.lifeboat.lab.tool.Folders;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * Builds the programs of a real control plane from their pinned sources, once for each user. They are built beside
 * their place and moved there in one step, so a folder in the cache is always complete.
 */
public final class KubernetesInstall {

    private static final Duration LIMIT = Duration.ofMinutes(30);
    /** Without symbols, and what the API server says of its version, which a build without Kubernetes' own scripts does not know. */
    private static final String LINKER_FLAGS = linkerFlags(KubernetesBinaries.VERSION);

    private static final long GIGABYTE = 1L << 30;
    private static final long FOR_GO_CACHES = 8 * GIGABYTE;
    private static final long FOR_PROGRAMS = GIGABYTE;

    private final Map<String, String> environment;
    private final Progress progress;

    public KubernetesInstall(Map<String, String> environment, Progress progress) {
        this.environment = Map.copyOf(environment);
        this.progress = progress;
    }

    /**
     * Builds what is not there yet; takes some minutes the first time and needs Go and the network.
     *
     * @throws LabException when Go is missing or too old, the disk is too full, or the build fails
     */
    public KubernetesBinaries install() {
        KubernetesBinaries binaries = new KubernetesBinaries(KubernetesBinaries.cacheFolder(environment));
        if (binaries.isComplete()) {
            progress.report("Kubernetes " + KubernetesBinaries.VERSION + " is already in " + binaries.folder());
            return binaries;
        }
        Path staging = binaries.folder().resolveSibling(".building-" + UUID.randomUUID());
        Thread cleanup = Thread.ofPlatform().unstarted(() -> Folders.remove(staging));
        Runtime.getRuntime().addShutdownHook(cleanup);
        try {
            Files.createDirectories(staging);
            buildAll(staging);
            publish(staging.resolve("programs"), binaries);
            progress.report("Kubernetes " + KubernetesBinaries.VERSION + " is ready in " + binaries.folder());
            return binaries;
        } catch (IOException e) {
            throw LabException.precondition(
                    "Cannot install Kubernetes into " + binaries.folder() + ": " + e
                            + ". Make that folder writable, or set LIFEBOAT_CACHE to one that is.",
                    e);
        } finally {
            Folders.remove(staging);
            removeHook(cleanup);
        }
    }

    private void buildAll(Path staging) throws IOException {
        GoCommand go = new GoCommand(environment, staging.resolve("go.log"));
        go.requireVersion();
        requireSpace(staging, FOR_PROGRAMS, "the programs");
        requireSpace(go.folder("GOCACHE"), FOR_GO_CACHES, "Go's caches");
        progress.report("building Kubernetes " + KubernetesBinaries.VERSION
                + ", its etcd and KWOK once; this takes about 11 minutes on 2 cores");
        Path module = Files.createDirectories(staging.resolve("module"));
        copy("go.mod", module);
        copy("go.sum", module);
        long begun = System.nanoTime();
        go.run("fetch the sources of Kubernetes", module, LIMIT, "list", "-deps", "tool");
        progress.report("fetched the sources in " + seconds(begun));
        for (Program program : Program.values()) {
            build(go, module, program, staging.resolve("programs"));
        }
    }

    /** The pinned sources, checked against Go's checksum database when they were pinned. */
    private static void copy(String file, Path module) throws IOException {
        try (InputStream pinned = Objects.requireNonNull(KubernetesInstall.class.getResourceAsStream(file), file)) {
            Files.copy(pinned, module.resolve(file));
        }
    }

    private void build(GoCommand go, Path module, Program program, Path programs) {
        long begun = System.nanoTime();
        go.run(
                "build " + program.file(),
                module,
                LIMIT,
                "build",
                "-o",
                programs.resolve(program.file()).toString(),
                "-ldflags",
                LINKER_FLAGS,
                program.source());
        progress.report("built " + program.file() + " in " + seconds(begun));
    }

    private static void requireSpace(Path folder, long bytes, String purpose) throws IOException {
        Path existing = folder;
        while (!Files.exists(existing)) {
            existing = existing.resolveSibling("");
        }
        long free = Files.getFileStore(existing).getUsableSpace();
        if (free < bytes) {
            throw LabException.precondition("Cannot build Kubernetes: " + purpose + " need " + bytes / GIGABYTE
                    + " GB at " + folder + " and only " + "%.1f".formatted((double) free / GIGABYTE)
                    + " GB are free there. Make room, or point LIFEBOAT_CACHE, GOCACHE and GOMODCACHE elsewhere.");
        }
    }

    private static void publish(Path built, KubernetesBinaries binaries) throws IOException {
        try {
            Files.move(built, binaries.folder(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // Someone else may have been faster; theirs is as good.
            if (!binaries.isComplete()) {
                throw e;
            }
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyShuttingDown) {
            // Then the hook itself does the work.
        }
    }

    private static String linkerFlags(String version) {
        String[] numbers = version.split("\\.");
        String component = " -X k8s.io/component-base/version.";
        return "-s -w" + component + "gitVersion=v" + version + component + "gitMajor=" + numbers[0] + component
                + "gitMinor=" + numbers[1];
    }

    private static String seconds(long start) {
        return (System.nanoTime() - start) / 1_000_000_000 + " s";
    }
}
