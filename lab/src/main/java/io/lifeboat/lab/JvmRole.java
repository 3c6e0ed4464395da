package io.lifeboat.lab;

import io.lifeboat.lab.process.Launch;
import io.lifeboat.lab.process.Launcher;
import io.lifeboat.lab.process.StartedProcess;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Our own processes of a lab, each a JVM like this one with the same class path. */
enum JvmRole {
    OUTSIDE("io.lifeboat.lab.outside.OutsideMain", "160m", JvmRole.NO_LOGGING),
    REGION("io.lifeboat.lab.region.RegionMain", "224m", JvmRole.NO_LOGGING),
    WORKER("io.lifeboat.worker.WorkerApplication", "384m", "ch.qos.logback.classic.spi.LogbackServiceProvider");

    private static final String NO_LOGGING = "org.slf4j.nop.NOPServiceProvider";

    private final String main;
    private final String heap;
    private final String logging;

    /**
     * @param logging which logging library the libraries write to; the class path they share has several
     */
    JvmRole(String main, String heap, String logging) {
        this.main = main;
        this.heap = heap;
        this.logging = logging;
    }

    boolean isPresent() {
        return found() != null;
    }

    StartedProcess start(
            Launcher launcher,
            String name,
            Path folder,
            Path log,
            Map<String, String> environment,
            List<String> arguments) {
        Optional<Path> jar = jar();
        List<Path> classPath = classPath(jar.isPresent());
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                // What a killed JVM leaves behind must lie in the lab's folder.
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+IgnoreUnrecognizedVMOptions",
                "-Djava.io.tmpdir=" + folder,
                "-Xmx" + heap,
                "-Dslf4j.provider=" + logging,
                "-Dslf4j.internal.verbosity=WARN"));
        jar.ifPresent(own -> command.addAll(
                new ClassArchive(name().toLowerCase(Locale.ROOT), classPath, own.resolveSibling("")).options(folder)));
        command.add(main);
        command.addAll(arguments);
        Map<String, String> all = new HashMap<>(environment);
        all.put("CLASSPATH", classPath.stream().map(Path::toString).collect(Collectors.joining(":")));
        return launcher.start(new Launch(name, command, folder, all, log));
    }

    /** Absolute, since the role runs in another folder than this JVM. Archives know no folders of classes. */
    private static List<Path> classPath(boolean ofJars) {
        return Stream.of(System.getProperty("java.class.path").split(":"))
                .map(entry -> Path.of(entry).toAbsolutePath())
                .filter(entry -> !ofJars || entry.toString().endsWith(".jar"))
                .toList();
    }

    /** Where its main class is; absent where that is a folder. */
    private Optional<Path> jar() {
        try {
            URL found = found();
            return found != null && found.openConnection() instanceof JarURLConnection jar
                    ? Optional.of(Path.of(jar.getJarFileURL().toURI()))
                    : Optional.empty();
        } catch (IOException | URISyntaxException e) {
            throw LabException.failed("Cannot find " + main + " on the class path: " + e.getMessage(), e);
        }
    }

    private @Nullable URL found() {
        return JvmRole.class.getClassLoader().getResource(main.replace('.', '/') + ".class");
    }
}
