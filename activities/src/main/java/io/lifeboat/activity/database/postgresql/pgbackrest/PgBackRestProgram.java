package io.lifeboat.activity.database.postgresql.pgbackrest;

import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.BackupException.Kind;
import io.lifeboat.activity.database.Deadline;
import io.lifeboat.activity.database.postgresql.ProgramEnd;
import io.lifeboat.activity.database.postgresql.ServerUser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The {@code pgbackrest} program. Its secrets stand in its own configuration or in the worker's environment ({@code PGBACKREST_...}),
 * never in its arguments, which every user of the machine can read.
 *
 * @param program absent to find it on the {@code PATH}
 * @param runAs the user it runs as, who must be able to read its configuration; absent for the worker's own
 */
record PgBackRestProgram(Stanza stanza, Optional<Path> program, Optional<String> runAs) {
    private static final int KEPT_OF_STDERR = 2_000;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
    private static final Duration TO_END = Duration.ofSeconds(10);

    /** What is done with what it writes. */
    interface Reading {
        void read(InputStream output) throws IOException;
    }

    /** Runs a short command and gives what it wrote. */
    byte[] ask(String attempted, Deadline deadline, String... arguments) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        run(attempted, deadline, "off", output -> output.transferTo(answer), arguments);
        return answer.toByteArray();
    }

    /**
     * Runs a long one and gives what it wrote.
     *
     * @param alive called now and then by the calling thread; what it throws ends the program
     */
    byte[] ask(String attempted, Deadline deadline, Runnable alive, String... arguments) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        run(
                attempted,
                deadline,
                "off",
                output -> {
                    CompletableFuture<Long> read = CompletableFuture.supplyAsync(
                            () -> allOf(output, answer),
                            task -> Thread.ofVirtual().start(task));
                    while (!read.isDone()) {
                        alive.run();
                        LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
                    }
                    read.join();
                },
                arguments);
        return answer.toByteArray();
    }

    private static long allOf(InputStream output, ByteArrayOutputStream answer) {
        try {
            return output.transferTo(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a command to its end; it must end well. */
    void run(String attempted, Deadline deadline, String logLevel, Reading reading, String... arguments)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(user().command(command(arguments)));
        builder.environment().putAll(environment(logLevel));
        Process process = started(builder);
        CompletableFuture<String> complaints = CompletableFuture.supplyAsync(
                () -> lastOf(process.getErrorStream()),
                task -> Thread.ofVirtual().start(task));
        try (InputStream output = process.getInputStream()) {
            Thread reader = Thread.currentThread();
            Thread.ofVirtual().start(() -> endWhenUnwanted(process, deadline, reader));
            reading.read(output);
            requireSuccess(attempted, process, deadline, complaints);
        } finally {
            end(process);
        }
    }

    private void requireSuccess(
            String attempted, Process process, Deadline deadline, CompletableFuture<String> complaints)
            throws IOException {
        int code = new ProgramEnd("pgbackrest", process).exitCode(deadline, () -> {});
        if (code == 0) {
            return;
        }
        if (Thread.currentThread().isInterrupted()) {
            // It was ended for that reason, and may have been quicker than this thread.
            throw new InterruptedIOException("interrupted while pgbackrest ran");
        }
        if (deadline.isOver()) {
            throw new BackupException(
                    Kind.UNAVAILABLE,
                    "Cannot " + attempted + " " + stanza + ": pgbackrest did not end in the time it was given, and was"
                            + " stopped. It is tried again.");
        }
        throw PgBackRestFault.of(attempted, stanza, code, complaints.join());
    }

    /** Reading blocks and hears no interruption, but it ends when the program does. */
    private static void endWhenUnwanted(Process process, Deadline deadline, Thread reader) {
        while (process.isAlive()) {
            if (deadline.isOver() || reader.isInterrupted()) {
                end(process);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    /** Asks it first, so that it ends the backup at the server and gives its lock back. */
    private static void end(Process process) {
        boolean interrupted = Thread.interrupted();
        // Not the process's own method, which would close what is being read.
        process.toHandle().destroy();
        try {
            if (!process.waitFor(TO_END.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    List<String> command(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(name());
        command.add("--stanza=" + stanza.name());
        command.addAll(List.of(arguments));
        return command;
    }

    String name() {
        return program.map(Path::toString).orElse("pgbackrest");
    }

    /** @param logLevel of its standard output */
    Map<String, String> environment(String logLevel) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "LC_ALL",
                "C",
                // A command that knows no such option does not mind it here.
                "PGBACKREST_REPO",
                Integer.toString(stanza.repository()),
                "PGBACKREST_LOG_LEVEL_CONSOLE",
                logLevel,
                "PGBACKREST_LOG_LEVEL_STDERR",
                "error",
                "PGBACKREST_LOG_TIMESTAMP",
                "n",
                // What goes is decided by Lifeboat; the greatest number there is means never.
                "PGBACKREST_REPO" + stanza.repository() + "_RETENTION_FULL",
                "9999999"));
        stanza.config().ifPresent(path -> environment.put("PGBACKREST_CONFIG", path.toString()));
        return environment;
    }

    /** The worker's own settings of pgBackRest, for a program that is not given the worker's environment. */
    static Map<String, String> inherited() {
        Map<String, String> settings = new HashMap<>();
        System.getenv().forEach((name, value) -> {
            if (name.startsWith("PGBACKREST_")) {
                settings.put(name, value);
            }
        });
        return settings;
    }

    /** What it says of its own version. */
    String version() throws IOException {
        Process process = started(new ProcessBuilder(name(), "version").redirectErrorStream(true));
        try (ProgramEnd end = new ProgramEnd("pgbackrest", process)) {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            end.exitCode(Deadline.in(TO_END), () -> {});
            return said.strip();
        }
    }

    private ServerUser user() throws IOException {
        return runAs.isPresent() ? ServerUser.of(runAs) : new ServerUser(Optional.empty(), List.of());
    }

    private Process started(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new BackupException(
                    Kind.PRECONDITION,
                    "Cannot run pgbackrest: it is not "
                            + program.map(p -> "at " + p).orElse("on the worker's PATH")
                            + ". Install it on the worker, with the configuration of " + stanza + ".");
        }
    }

    /** It names hosts, files and options there, and its secrets as redacted. */
    private static String lastOf(InputStream errors) {
        try (errors) {
            String all = new String(errors.readAllBytes(), StandardCharsets.UTF_8);
            return all.substring(Math.max(0, all.length() - KEPT_OF_STDERR));
        } catch (IOException e) {
            return "";
        }
    }
}
