package io.lifeboat.lab;

import io.lifeboat.lab.process.Deadline;
import io.lifeboat.lab.process.LabProcess;
import io.lifeboat.lab.process.LabProcesses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The classes of one of our JVMs as its first orderly end leaves them (class data sharing, JEP 350): every later start with the same
 * jars maps them instead of reading, checking and linking thousands of files. Measured: the worker is ready after 12 s of processor time
 * instead of 21 s.
 */
final class ClassArchive {
    /** In the folder of a process that makes one: what it makes, and where that belongs. */
    private static final String UNFINISHED = "classes.jsa";

    private static final String DESTINATION = "classes.jsa.destination";
    private static final int FOLDERS = 3;
    private static final Duration TO_END = Duration.ofSeconds(40);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final Path archive;

    /**
     * @param role what runs
     * @param jars its class path
     * @param home where archives are kept
     */
    ClassArchive(String role, List<Path> jars, Path home) {
        this.archive = home.resolve("classes-" + role + "-" + names(jars) + "-" + contents(jars) + ".jsa");
    }

    /**
     * The options of a JVM that uses it or, where there is none yet, makes it when it is ended in order.
     *
     * @param folder the working folder of the JVM
     */
    List<String> options(Path folder) {
        if (Files.exists(archive)) {
            return List.of("-XX:SharedArchiveFile=" + archive);
        }
        if (!Files.isWritable(archive.resolveSibling(""))) {
            return List.of();
        }
        LabFiles.writeText(folder.resolve(DESTINATION), archive.toString());
        return List.of("-XX:ArchiveClassesAtExit=" + folder.resolve(UNFINISHED));
    }

    /** Ends in order what makes archives in a lab, and keeps what they made; what takes too long is left as it is. */
    static void keepThoseOf(LabFolder lab, Progress progress) {
        List<Path> folders = find(lab.path()).stream()
                .filter(folder -> !jvms(folder).isEmpty())
                .toList();
        if (!folders.isEmpty()) {
            progress.report("keeping the classes of the lab's JVMs, so that the next one starts faster");
        }
        for (Path folder : folders) {
            jvms(folder).forEach(jvm -> ProcessHandle.of(jvm.pid()).ifPresent(ProcessHandle::destroy));
        }
        Deadline deadline = Deadline.after(TO_END);
        for (Path folder : folders) {
            while (!jvms(folder).isEmpty() && !deadline.passed()) {
                Deadline.pause(BETWEEN_LOOKS);
            }
            if (jvms(folder).isEmpty() && Files.exists(folder.resolve(UNFINISHED))) {
                keep(folder);
            }
        }
    }

    private static List<LabProcess> jvms(Path folder) {
        return LabProcesses.in(folder).list().stream()
                .filter(process ->
                        process.command().equals("java") && process.folder().equals(folder))
                .toList();
    }

    private static List<Path> find(Path lab) {
        try (Stream<Path> files = Files.walk(lab.toRealPath(), FOLDERS)) {
            return files.filter(file -> file.endsWith(DESTINATION))
                    .map(file -> file.resolveSibling(""))
                    .toList();
        } catch (IOException | UncheckedIOException unreadable) { // a lab without archives only starts more slowly
            return List.of();
        }
    }

    private static void keep(Path folder) {
        try {
            Path archive = Path.of(Files.readString(folder.resolve(DESTINATION)));
            removeEarlier(archive);
            // It may come from another file system, and must be there whole or not at all.
            Path arriving = archive.resolveSibling(
                    archive.getFileName() + "." + ProcessHandle.current().pid());
            Files.move(folder.resolve(UNFINISHED), arriving, StandardCopyOption.REPLACE_EXISTING);
            Files.move(arriving, archive, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException noRoom) { // a lab without archives only starts more slowly
            return;
        }
    }

    /** Those of the same jars as they were before, and what was interrupted. Tests and commands have different jars, and one each. */
    private static void removeEarlier(Path archive) throws IOException {
        String name = archive.getFileName().toString();
        String family = name.substring(0, name.lastIndexOf('-') + 1);
        try (Stream<Path> files = Files.list(archive.resolveSibling(""))) {
            for (Path earlier : files.filter(
                            file -> file.getFileName().toString().startsWith(family))
                    .toList()) {
                Files.deleteIfExists(earlier);
            }
        }
    }

    private static String names(List<Path> jars) {
        return fingerprint(jars.stream().map(Path::toString));
    }

    /** An archive is of one JVM and of jars that nobody has changed since. */
    private static String contents(List<Path> jars) {
        return fingerprint(Stream.concat(
                Stream.of(System.getProperty("java.vm.version")), jars.stream().map(ClassArchive::version)));
    }

    private static String version(Path jar) {
        try {
            return Files.size(jar) + " " + Files.getLastModifiedTime(jar);
        } catch (IOException e) {
            throw LabException.failed("Cannot read the class path: " + e.getMessage(), e);
        }
    }

    private static String fingerprint(Stream<String> facts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            facts.forEach(fact -> digest.update((fact + "\n").getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest(), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }
}
