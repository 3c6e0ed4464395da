package io.lifeboat.lab.kubernetes;

import io.lifeboat.lab.LabException;
import io.lifeboat.lab.tool.SearchPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs the {@code go} command with the environment that makes a build repeatable, and puts its complaints in our words. */
final class GoCommand {

    private static final int MAJOR = 1;
    private static final int MINOR = 26;
    private static final Pattern VERSION = Pattern.compile("go(\\d+)\\.(\\d+)");
    private static final int LINES = 4;
    private static final String LATER =
            "Then run `lifeboat lab install kubernetes` again; it continues from Go's caches.";

    private final Map<String, String> environment;
    private final Path log;

    /** @param log what go says is appended to it */
    GoCommand(Map<String, String> environment, Path log) {
        this.environment = Map.copyOf(environment);
        this.log = log;
    }

    /** Refuses a machine without Go, or with one that is too old for the pinned sources. */
    void requireVersion() {
        String said = run("find out go's version", log.resolveSibling(""), Duration.ofSeconds(30), "version");
        Matcher version = VERSION.matcher(said);
        if (!version.find()) {
            throw LabException.precondition("Cannot build Kubernetes: `go version` printed \"" + said.strip()
                    + "\", which names no version. Install Go " + MAJOR + "." + MINOR + " or newer.");
        }
        int major = Integer.parseInt(version.group(1));
        int minor = Integer.parseInt(version.group(2));
        if (major < MAJOR || (major == MAJOR && minor < MINOR)) {
            throw LabException.precondition(
                    "Cannot build Kubernetes " + KubernetesBinaries.VERSION + ": the go on the PATH is " + major + "."
                            + minor + " and its sources need " + MAJOR + "." + MINOR + ". Install a newer Go.");
        }
    }

    /** A setting of go's, such as {@code GOCACHE}. */
    Path folder(String setting) {
        return Path.of(run("read go's settings", log.resolveSibling(""), Duration.ofSeconds(30), "env", setting)
                .strip());
    }

    /** Runs go and returns what it wrote. */
    String run(String purpose, Path folder, Duration limit, String... arguments) {
        List<String> command = new ArrayList<>(List.of(program()));
        command.addAll(List.of(arguments));
        try {
            Path output = Files.createTempFile(log.resolveSibling(""), "go-", ".out");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            builder.environment().putAll(Map.of("GOTOOLCHAIN", "local", "CGO_ENABLED", "0", "GOFLAGS", "-trimpath"));
            int exit = await(builder.start(), purpose, limit);
            String said = Files.readString(output, StandardCharsets.UTF_8);
            Files.deleteIfExists(output);
            if (exit != 0) {
                throw failure(purpose, said);
            }
            return said;
        } catch (IOException e) {
            throw LabException.precondition("Cannot " + purpose + ": " + e + ". Check that go can be run.", e);
        }
    }

    private String program() {
        return new SearchPath(environment)
                .find("go")
                .findFirst()
                .orElseThrow(
                        () -> LabException.precondition(
                                "Cannot build Kubernetes: there is no go on the PATH. Install Go "
                                        + MAJOR + "." + MINOR
                                        + " or newer. The lab works without a real control plane, too: it then brings a server of its own."))
                .toString();
    }

    private static int await(Process go, String purpose, Duration limit) throws IOException {
        Thread stop = Thread.ofPlatform().unstarted(() -> end(go));
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            go.getOutputStream().close();
            if (!go.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                throw LabException.failed("Cannot " + purpose + ": it took more than " + limit.toMinutes()
                        + " minutes. Check the network and the machine's load. " + LATER);
            }
            return go.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw LabException.failed("Cannot " + purpose + ": it was interrupted. " + LATER, e);
        } finally {
            end(go);
            removeHook(stop);
        }
    }

    /** Go's compilers are children of its own. */
    private static void end(Process go) {
        go.descendants().forEach(ProcessHandle::destroyForcibly);
        go.destroyForcibly();
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyShuttingDown) {
            // Then the hook itself does the work.
        }
    }

    private static LabException failure(String purpose, String said) {
        String lower = said.toLowerCase(Locale.ROOT);
        String problem;
        if (lower.contains("no space left on device")) {
            problem = "the disk is full. Make room (Go's caches need about 8 GB). " + LATER;
        } else if (lower.contains("checksum mismatch") || lower.contains("security error")) {
            problem = "Go refused a module because its checksum is not the recorded one. Check which module proxy "
                    + "GOPROXY names. " + LATER;
        } else if (lower.contains("dial tcp") || lower.contains("i/o timeout") || lower.contains("proxyconnect")) {
            problem = "Go's module proxy could not be reached. Check the network and GOPROXY. " + LATER;
        } else if (lower.contains("signal: killed")) {
            problem = "a compiler was killed, most likely for lack of memory (about 3 GB are needed). " + LATER;
        } else {
            problem = "go said: " + lastLines(said) + ". " + LATER;
        }
        return LabException.failed("Cannot " + purpose + ": " + problem);
    }

    private static String lastLines(String said) {
        List<String> lines =
                said.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        return String.join(" / ", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    }
}
