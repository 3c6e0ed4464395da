package io.lifeboat.lab.tool;

import io.lifeboat.lab.LabException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * One pinned package, fetched by pip into a folder of its own. It is installed beside its place and moved there in one
 * step: whoever sees the folder sees all of it, and of two who install at once the second one's copy is dropped.
 */
final class PipInstall {

    private static final int TIMEOUT_MINUTES = 10;

    private final Tool tool;
    private final String requirement;
    private final Map<String, String> environment;

    PipInstall(Tool tool, String requirement, Map<String, String> environment) {
        this.tool = tool;
        this.requirement = requirement;
        this.environment = environment;
    }

    void into(Path folder) {
        Path staging = folder.resolveSibling(".installing-" + UUID.randomUUID());
        Thread cleanup = Thread.ofPlatform().unstarted(() -> Folders.remove(staging));
        try {
            Files.createDirectories(staging);
            Runtime.getRuntime().addShutdownHook(cleanup);
            Path lock = Files.writeString(staging.resolve("requirements.txt"), requirement + "\n");
            Path packages = staging.resolve("packages");
            run(packages, lock, staging.resolve("pip.log"));
            Folders.makeReadableForAll(packages);
            Files.setPosixFilePermissions(folder.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
            publish(packages, folder);
        } catch (IOException e) {
            throw LabException.precondition(
                    "Cannot install " + tool.title() + " below " + folder.getParent() + ": " + e
                            + ". Make that folder writable, or set LIFEBOAT_CACHE to one that is.",
                    e);
        } finally {
            Folders.remove(staging);
            removeHook(cleanup);
        }
    }

    private void run(Path packages, Path lock, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        python().toString(),
                        "-m",
                        "pip",
                        "install",
                        "--quiet",
                        "--no-input",
                        "--no-compile",
                        "--disable-pip-version-check",
                        "--retries=2",
                        "--no-deps",
                        "--only-binary=:all:",
                        "--target=" + packages,
                        "--require-hashes",
                        "--requirement=" + lock))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process pip = builder.start();
        Thread stop = Thread.ofPlatform().unstarted(pip::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            pip.getOutputStream().close();
            if (!pip.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES)) {
                throw PipFailure.tookTooLong(tool, TIMEOUT_MINUTES);
            }
            if (pip.exitValue() != 0) {
                throw PipFailure.of(tool, Files.readString(log, StandardCharsets.UTF_8));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw LabException.failed("Fetching " + tool.title() + " was interrupted. Run the command again.", e);
        } finally {
            pip.destroyForcibly();
            removeHook(stop);
        }
    }

    private Path python() {
        return new SearchPath(environment)
                .find("python3")
                .findFirst()
                .orElseThrow(() -> LabException.precondition("Cannot install " + tool.title()
                        + ": python3 is not on the PATH. Install it with pip (Debian: apt-get install python3-pip), or set "
                        + tool.setting() + " to an installed program."));
    }

    private static void publish(Path packages, Path folder) throws IOException {
        try {
            Files.move(packages, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!Files.isDirectory(folder)) {
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
}
