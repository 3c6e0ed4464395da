package io.lifeboat.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifeboat.lab.process.LabProcesses;
import io.lifeboat.lab.process.Launch;
import io.lifeboat.lab.process.Launcher;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveIT {
    @TempDir
    private Path folder;

    private LabFolder lab;
    private Path home;
    private Path jar;

    @BeforeEach
    void makeAJar() throws IOException {
        folder = folder.toRealPath();
        lab = new LabFolder("lab", Files.createDirectory(folder.resolve("lab")));
        home = Files.createDirectory(folder.resolve("home"));
        jar = home.resolve("waits.jar");
        write("first");
    }

    @AfterEach
    void endAll() {
        LabProcesses.in(lab.path()).killAll();
    }

    @Test
    void secondStartTakesTheClassesThatTheFirstLeft() {
        String first = runAndEnd();
        List<Path> kept = archives();
        String second = runAndEnd();

        assertThat(first).contains(Waits.class.getName() + " source: file:");
        assertThat(kept).hasSize(1);
        assertThat(second).contains(Waits.class.getName() + " source: shared objects file (top)");
        assertThat(archives()).isEqualTo(kept);
    }

    @Test
    void archiveOfAnotherJarIsReplaced() throws IOException {
        runAndEnd();
        List<Path> before = archives();
        write("second");

        String changed = runAndEnd();

        assertThat(changed).contains(Waits.class.getName() + " source: file:");
        assertThat(archives()).hasSize(1).isNotEqualTo(before);
    }

    @Test
    void archiveOfAnotherClassPathStays() throws IOException {
        runAndEnd();
        List<Path> before = archives();
        Path other = Files.copy(jar, home.resolve("other.jar"));
        jar = other;

        runAndEnd();

        assertThat(archives()).hasSize(2).containsAll(before);
    }

    @Test
    void jvmThatIsKilledLeavesNone() {
        start();
        LabProcesses.in(lab.path()).killAll();

        ClassArchive.keepThoseOf(lab, Progress.SILENT);

        assertThat(archives()).isEmpty();
    }

    /** What the JVM said of where its classes came from. */
    private String runAndEnd() {
        Path log = start();
        List<String> said = new ArrayList<>();
        ClassArchive.keepThoseOf(lab, said::add);
        assertThat(said).hasSize(1);
        assertThat(LabProcesses.in(lab.path()).list()).isEmpty();
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Path start() {
        Path place = lab.createFolder(lab.place("us-west-2").resolve("waits"));
        Path log = lab.path().resolve("log");
        LabFiles.writeText(log, "");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(new ClassArchive("waits", List.of(jar), home).options(place));
        command.addAll(List.of("-Xlog:class+load", "-cp", jar.toString(), Waits.class.getName()));
        new Launcher(lab.path())
                .start(new Launch("a JVM", command, place, Map.of(), log))
                .awaitReady(Duration.ofSeconds(30), () -> Waits.isSaidIn(log));
        return log;
    }

    private List<Path> archives() {
        try (Stream<Path> files = Files.list(home)) {
            return files.filter(file -> file.toString().endsWith(".jsa")).toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void write(String comment) throws IOException {
        String name = Waits.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                InputStream bytes = Waits.class.getClassLoader().getResourceAsStream(name)) {
            out.setComment(comment);
            out.putNextEntry(new JarEntry(name));
            bytes.transferTo(out);
        }
    }

    /** Until it is ended. */
    static final class Waits {
        private static final String READY = "it waits";

        private Waits() {}

        public static void main(String[] arguments) throws InterruptedException {
            System.out.println(READY);
            Thread.currentThread().join();
        }

        private static boolean isSaidIn(Path log) {
            try {
                return Files.readString(log).contains(READY);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }
}
