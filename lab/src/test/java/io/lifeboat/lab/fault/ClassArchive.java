package io.lifeboat.lab.fault;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * The worker's classes as its first process has loaded them, in the form in which the JVM maps them into the next ones: a worker that
 * is started a hundred times spends its time elsewhere then. The JVM archives classes of jars only, and ignores an archive that does
 * not fit.
 */
record ClassArchive(Path folder) {
    /** What makes a JVM write the archive when it ends in good order or, where it is there, use it. */
    String option() {
        return (isThere() ? "-XX:SharedArchiveFile=" : "-XX:ArchiveClassesAtExit=") + file();
    }

    boolean isThere() {
        return Files.exists(file());
    }

    private Path file() {
        return folder.resolve("worker.jsa");
    }

    /** The same class path, each folder in it packed into a jar. */
    String packed(String classPath) throws IOException {
        Files.createDirectories(folder);
        List<String> packed = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator, -1)) {
            packed.add(Files.isDirectory(Path.of(entry)) ? pack(Path.of(entry), packed.size()) : entry);
        }
        return String.join(File.pathSeparator, packed);
    }

    private String pack(Path classes, int number) throws IOException {
        Path jar = folder.resolve("classes-" + number + ".jar");
        try (OutputStream bytes = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(bytes);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(found -> !found.equals(classes)).toList()) {
                boolean isFolder = Files.isDirectory(file);
                // Spring finds components only in packages that the jar has an entry of.
                entries.putNextEntry(new JarEntry(classes.relativize(file) + (isFolder ? "/" : "")));
                if (!isFolder) {
                    Files.copy(file, entries);
                }
                entries.closeEntry();
            }
        }
        return jar.toString();
    }
}
