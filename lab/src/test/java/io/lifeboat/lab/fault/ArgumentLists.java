package io.lifeboat.lab.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** The argument lists of all processes of this machine, looked at again and again: anyone may read them. */
final class ArgumentLists {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(25);

    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private volatile boolean wanted = true;
    private final Thread watch =
            Thread.ofPlatform().name("argument-lists").daemon().start(this::watch);

    /** As many as were there at a look, each once. */
    List<Searchable> all() {
        return seen.stream()
                .map(line -> Searchable.of("arguments " + line, line))
                .toList();
    }

    private void watch() {
        while (wanted) {
            look();
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private void look() {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                try {
                    seen.add(Files.readString(process.resolve("cmdline")).replace('\0', ' '));
                } catch (IOException gone) {
                    // It was quicker than this look.
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void stop() throws InterruptedException {
        wanted = false;
        watch.join();
    }
}
