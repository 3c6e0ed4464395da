package io.lifeboat.lab.tool;

import io.lifeboat.lab.LabException;
import io.lifeboat.lab.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Finds a tool: an explicit setting, the search path where the version fits, the cache, and last the pinned package,
 * which is then in the cache for the next time. Several labs may ask at once.
 */
public final class ToolCache {

    private final Path root;
    private final Map<String, String> environment;
    private final ToolLock lock;
    private final Progress progress;

    ToolCache(Path root, Map<String, String> environment, ToolLock lock, Progress progress) {
        this.root = root;
        this.environment = Map.copyOf(environment);
        this.lock = lock;
        this.progress = progress;
    }

    /** The cache of the user who runs this. */
    public static ToolCache ofUser(Progress progress) {
        Map<String, String> environment = System.getenv();
        return new ToolCache(location(environment), environment, ToolLock.bundled(), progress);
    }

    /**
     * The tool, installed if need be.
     *
     * @throws LabException when it is nowhere and cannot be installed; the message says what would help
     */
    public InstalledTool resolve(Tool tool) {
        return explicit(tool)
                .or(() -> onSearchPath(tool))
                .or(() -> cached(tool))
                .orElseGet(() -> install(tool));
    }

    private Optional<InstalledTool> explicit(Tool tool) {
        String setting = environment.getOrDefault(tool.setting(), "");
        if (setting.isEmpty()) {
            return Optional.empty();
        }
        Path executable = Path.of(setting);
        if (!Files.isRegularFile(executable) || !Files.isExecutable(executable)) {
            throw LabException.precondition("Cannot use " + tool.setting() + "=" + setting
                    + ": there is no executable file. Name the program itself, or unset it and the pinned "
                    + tool.title() + " is used.");
        }
        return Optional.of(
                new InstalledTool(tool, VersionOutput.of(executable).orElse("of unknown version"), executable));
    }

    private Optional<InstalledTool> onSearchPath(Tool tool) {
        if (!tool.onSearchPath()) {
            return Optional.empty();
        }
        String[] pinned = lock.version(tool).split("\\.");
        String fitting = pinned[0] + "." + pinned[1];
        return new SearchPath(environment)
                .find(tool.program())
                .flatMap(program -> VersionOutput.of(program)
                        .filter(version -> version.equals(fitting) || version.startsWith(fitting + "."))
                        .map(version -> new InstalledTool(tool, version, program))
                        .stream())
                .findFirst();
    }

    private Optional<InstalledTool> cached(Tool tool) {
        Path executable = folder(tool).resolve(tool.executable());
        return Files.isExecutable(executable)
                ? Optional.of(new InstalledTool(tool, tool.version(lock.version(tool)), executable))
                : Optional.empty();
    }

    private InstalledTool install(Tool tool) {
        if (!System.getProperty("os.name").equals("Linux")
                || !System.getProperty("os.arch").equals("amd64")) {
            throw LabException.precondition(
                    "Cannot install " + tool.title() + ": tools.lock pins programs for Linux on x86-64, and this is "
                            + System.getProperty("os.name") + " on " + System.getProperty("os.arch")
                            + ". Install it and set " + tool.setting() + " to the program.");
        }
        progress.report("fetching %s %s (%s)".formatted(tool.title(), tool.version(lock.version(tool)), tool.size()));
        new PipInstall(tool, lock.requirement(tool), environment).into(folder(tool));
        return cached(tool)
                .orElseThrow(() -> LabException.precondition("Cannot use " + tool.title() + ": " + folder(tool)
                        + " was installed but lacks " + tool.executable() + ". Remove that folder and try again."));
    }

    private Path folder(Tool tool) {
        return root.resolve(tool.distribution()).resolve(lock.version(tool));
    }

    /** Where everything that is installed lies, given a process environment. */
    public static Path location(Map<String, String> environment) {
        String explicit = environment.getOrDefault("LIFEBOAT_CACHE", "");
        if (!explicit.isEmpty()) {
            return Path.of(explicit).toAbsolutePath();
        }
        if (System.getProperty("user.name").equals("root")) {
            // PostgreSQL runs as an unprivileged user then, who cannot enter root's home.
            return Path.of("/var/cache/lifeboat");
        }
        String caches = environment.getOrDefault("XDG_CACHE_HOME", "");
        return caches.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".cache", "lifeboat")
                : Path.of(caches, "lifeboat");
    }
}
