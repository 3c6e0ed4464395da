package io.lifeboat.lab.kubernetes;

import io.lifeboat.lab.LabException;
import io.lifeboat.lab.Progress;
import io.lifeboat.lab.kubernetes.KubernetesBinaries.Program;
import io.lifeboat.lab.tool.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Builds the programs of a real control plane from their pinned sources, once for each user. They are built beside
 * their place and moved there in one step, so a folder in the cache is always complete.
 */
public final class KubernetesInstall {

    private static final Duration LIMIT = Duration.ofMinutes(30);
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
        progress.report("building Kubernetes " + KubernetesBinaries.VERSION + ", etcd "
                + KubernetesBinaries.ETCD_VERSION + " and KWOK " + KubernetesBinaries.KWOK_VERSION
                + " once; this takes about 7 minutes on 2 cores");
        for (KubernetesModule module :
                List.of(KubernetesModule.etcd(), KubernetesModule.kwok(), KubernetesModule.kubernetes())) {
            build(go, module, staging);
        }
    }

    private void build(GoCommand go, KubernetesModule module, Path staging) throws IOException {
        Path folder = Files.createDirectories(staging.resolve(module.name()));
        Files.writeString(folder.resolve("go.mod"), module.goMod());
        Map<Program, String> programs = new TreeMap<>(module.programs());
        long start = System.nanoTime();
        String[] get = Stream.concat(
                        Stream.of("get", "-tool"),
                        programs.values().stream().map(source -> source + "@v" + module.version()))
                .toArray(String[]::new);
        String title = module.name() + " " + module.version();
        progress.report("fetching the sources of " + title);
        go.run("fetch the sources of " + title, folder, LIMIT, get);
        progress.report("fetched the sources of " + title + " in " + seconds(start));
        for (Map.Entry<Program, String> program : programs.entrySet()) {
            long begin = System.nanoTime();
            String name = program.getKey().file();
            progress.report("building " + name + " " + module.version());
            go.run(
                    "build " + name,
                    folder,
                    LIMIT,
                    "build",
                    "-o",
                    staging.resolve("programs").resolve(name).toString(),
                    "-ldflags",
                    module.linkerFlags(),
                    program.getValue());
            progress.report("built " + name + " in " + seconds(begin));
        }
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

    private static String seconds(long start) {
        return (System.nanoTime() - start) / 1_000_000_000 + " s";
    }
}
