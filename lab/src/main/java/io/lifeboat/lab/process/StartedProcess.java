package io.lifeboat.lab.process;

import io.lifeboat.lab.LabException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A process this JVM started. */
public final class StartedProcess {

    private static final Duration LOOK_EVERY = Duration.ofMillis(15);
    private static final int LINES = 12;

    private final Launch launch;
    private final Process process;

    StartedProcess(Launch launch, Process process) {
        this.launch = launch;
        this.process = process;
    }

    public long pid() {
        return process.pid();
    }

    /**
     * Waits until {@code ready} says so.
     *
     * @throws LabException with the last lines of the log when the process ends first or the deadline passes
     */
    public void awaitReady(Duration limit, BooleanSupplier ready) {
        Deadline deadline = Deadline.after(limit);
        while (!ready.getAsBoolean()) {
            if (!process.isAlive()) {
                throw LabException.failed("Cannot start " + launch.name() + ": it ended with exit code "
                        + process.exitValue() + " after " + seconds(deadline) + ". " + lastLines(launch.log()));
            }
            if (deadline.passed()) {
                throw LabException.failed("Cannot start " + launch.name() + ": it did not answer within "
                        + seconds(deadline) + ". " + lastLines(launch.log()));
            }
            Deadline.pause(LOOK_EVERY);
        }
    }

    /**
     * Waits until a process that is expected to end has done so well.
     *
     * @throws LabException with the last lines of the log when it ends otherwise or the deadline passes
     */
    public void awaitSuccess(Duration limit) {
        Deadline deadline = Deadline.after(limit);
        while (process.isAlive() && !deadline.passed()) {
            Deadline.pause(LOOK_EVERY);
        }
        if (process.isAlive()) {
            process.destroyForcibly();
            throw LabException.failed(
                    "Cannot finish " + launch.name() + " within " + seconds(deadline) + ". " + lastLines(launch.log()));
        }
        if (process.exitValue() != 0) {
            throw LabException.failed("Cannot finish " + launch.name() + ": it ended with exit code "
                    + process.exitValue() + ". " + lastLines(launch.log()));
        }
    }

    private static String lastLines(Path log) {
        try {
            List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
            return lines.isEmpty()
                    ? "It wrote nothing to its log."
                    : "The last lines of its log:\n  "
                            + String.join("\n  ", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
        } catch (IOException e) {
            return "Its log could not be read: " + e.getMessage();
        }
    }

    private static String seconds(Deadline deadline) {
        return "%.1f s".formatted(deadline.elapsed().toMillis() / 1000.0);
    }
}
