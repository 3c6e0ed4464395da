package io.lifeboat.lab.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the test and the worker tell each other, in files, because one of the two dies all the time. */
record FaultFolder(Path path) {
    /** A moment inside an activity that the clean runs did not have. */
    private static final Duration UNKNOWN = Duration.ofMillis(20);

    /** From the next activity on. */
    void order(Fault fault) {
        replace("fault", fault.name());
    }

    Fault fault() {
        return Files.exists(file("fault")) ? Fault.valueOf(read("fault").strip()) : Fault.NONE;
    }

    /** How long an activity of each type takes. */
    void measured(Map<String, Duration> durations) {
        replace(
                "durations",
                durations.entrySet().stream()
                        .map(e -> e.getKey() + " " + e.getValue().toMillis() + "\n")
                        .collect(Collectors.joining()));
    }

    /** Half of the time that an activity of the type takes. */
    Duration middleOf(String type) {
        return read("durations")
                .lines()
                .map(line -> line.split(" ", -1))
                .filter(fields -> fields[0].equals(type))
                .map(fields -> Duration.ofMillis(Long.parseLong(fields[1]) / 2))
                .findFirst()
                .orElse(UNKNOWN);
    }

    /** What has reached the kernel stays, whatever becomes of the process. */
    void append(Strike strike) {
        try {
            Files.writeString(file("strikes"), strike.line(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Strike> strikes() {
        return Files.exists(file("strikes"))
                ? read("strikes").lines().map(Strike::parse).toList()
                : List.of();
    }

    private Path file(String name) {
        return path.resolve(name);
    }

    private String read(String name) {
        try {
            return Files.readString(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void replace(String name, String text) {
        try {
            Files.createDirectories(path);
            Path half = file(name + ".part");
            Files.writeString(half, text);
            Files.move(half, file(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
