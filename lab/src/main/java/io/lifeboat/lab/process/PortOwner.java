package io.lifeboat.lab.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Who listens on a TCP port, as far as this user may know. */
final class PortOwner {

    private static final Path PROC = Path.of("/proc");
    private static final String LISTEN = "0A";

    private PortOwner() {}

    /** Something like {@code temporal (pid 4711)}; empty where the owner belongs to someone else. */
    static Optional<String> of(int port) {
        Set<String> sockets = new HashSet<>();
        sockets.addAll(listeners(PROC.resolve("net/tcp"), port));
        sockets.addAll(listeners(PROC.resolve("net/tcp6"), port));
        if (sockets.isEmpty()) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                if (holdsAny(process.resolve("fd"), sockets)) {
                    String name = Files.readString(process.resolve("comm")).strip();
                    return Optional.of(name + " (pid " + process.getFileName() + ")");
                }
            }
        } catch (IOException unreadable) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static Set<String> listeners(Path table, int port) {
        Set<String> inodes = new HashSet<>();
        String suffix = ":%04X".formatted(port);
        try {
            for (String line : Files.readAllLines(table)) {
                String[] fields = line.strip().split("\\s+");
                if (fields.length > 9 && fields[1].endsWith(suffix) && fields[3].equals(LISTEN)) {
                    inodes.add("socket:[" + fields[9] + "]");
                }
            }
        } catch (IOException unreadable) {
            return Set.of();
        }
        return inodes;
    }

    private static boolean holdsAny(Path descriptors, Set<String> sockets) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(descriptors)) {
            for (Path entry : entries) {
                if (Files.isSymbolicLink(entry)
                        && sockets.contains(Files.readSymbolicLink(entry).toString())) {
                    return true;
                }
            }
        } catch (IOException foreignOrGone) {
            return false;
        }
        return false;
    }
}
