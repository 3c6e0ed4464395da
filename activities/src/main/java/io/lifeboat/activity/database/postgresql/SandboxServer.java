package io.lifeboat.activity.database.postgresql;

import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.BackupException.Kind;
import io.lifeboat.activity.database.Deadline;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The server in a sandbox: started, awaited, spoken to while nobody else can, stopped. */
final class SandboxServer {
    static final String LOG = "server";

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    private static final Duration BETWEEN_SIGNS = Duration.ofMillis(500);
    private static final Duration TO_STOP = Duration.ofSeconds(20);

    /** In postmaster.pid, counted from 0; the status is what pg_ctl waits for, too. */
    private static final int PID_LINE = 0;

    private static final int STATUS_LINE = 7;

    /** What the control file says of the source, by the name of the setting. */
    private static final Map<String, String> SOURCE_SETTINGS = Map.of(
            "max_connections setting", "max_connections",
            "max_worker_processes setting", "max_worker_processes",
            "max_prepared_xacts setting", "max_prepared_transactions",
            "max_locks_per_xact setting", "max_locks_per_transaction");

    private final SandboxFolder folder;
    private final SandboxPrograms programs;
    private @Nullable Process process;

    SandboxServer(SandboxFolder folder, SandboxPrograms programs) {
        this.folder = folder;
        this.programs = programs;
    }

    /** The control file, as pg_controldata prints it. */
    Map<String, String> control(Deadline deadline) throws IOException {
        programs.postgres(deadline, () -> {}, "pg_controldata", folder.data().toString());
        Map<String, String> values = new TreeMap<>();
        for (String line : Files.readAllLines(folder.log("pg_controldata"))) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                values.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        }
        return values;
    }

    /** The settings that a server needs for the source's log, which may hold as much as they allowed there. */
    static Map<String, String> sourceSettings(Map<String, String> control) {
        Map<String, String> settings = new TreeMap<>();
        SOURCE_SETTINGS.forEach((line, setting) -> {
            if (control.containsKey(line)) {
                settings.put(setting, control.get(line));
            }
        });
        return settings;
    }

    void start() throws IOException {
        process = programs.startPostgres(
                LOG, "postgres", List.of("-D", folder.data().toString()));
    }

    /**
     * Waits until it has left recovery and accepts writes.
     *
     * @param alive called now and then meanwhile; what it throws ends the waiting
     * @return whether it does; otherwise it has ended
     */
    boolean awaitReady(Deadline deadline, Runnable alive) throws IOException {
        Deadline sign = Deadline.in(BETWEEN_SIGNS);
        while (!status().equals("ready")) {
            if (process == null || !process.isAlive()) {
                return false;
            }
            if (deadline.isOver()) {
                throw new BackupException(
                        Kind.UNAVAILABLE,
                        "The sandbox in \"" + folder.path()
                                + "\" did not recover in the time it was given. Its server said: "
                                + programs.lastWords(LOG));
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("interrupted while a sandbox recovered");
            }
            if (sign.isOver()) {
                alive.run();
                sign = Deadline.in(BETWEEN_SIGNS);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        return true;
    }

    /** Whether it is this server; the file may name a process that is long gone, and its number somebody else's. */
    boolean isNamedByItsFile(ProcessHandle running) {
        return line(PID_LINE).equals(Long.toString(running.pid()));
    }

    private String status() {
        return line(STATUS_LINE);
    }

    private String line(int number) {
        try {
            List<String> lines = Files.readAllLines(pidFile());
            return lines.size() > number ? lines.get(number).strip() : "";
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path pidFile() {
        return folder.data().resolve("postmaster.pid");
    }

    /** Runs SQL, one statement a line, while no server runs: nobody's password or pg_hba.conf stands in the way. */
    void runAlone(Deadline deadline, List<String> statements) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("--single", "-D", folder.data().toString()));
        arguments.addAll(List.of("-c", "exit_on_error=on", "template1"));
        Process alone = programs.startPostgres("single", "postgres", arguments);
        try (OutputStream input = alone.getOutputStream()) {
            input.write((String.join("\n", statements) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException brokenPipe) {
            programs.await(alone, deadline, () -> {}, "single");
            throw brokenPipe;
        }
        programs.await(alone, deadline, () -> {}, "single");
    }

    /** @param mode of pg_ctl: {@code fast} writes everything, {@code immediate} nothing */
    void stop(String mode) throws IOException {
        if (Files.exists(pidFile())) {
            programs.postgres(
                    Deadline.in(TO_STOP),
                    () -> {},
                    "pg_ctl",
                    "stop",
                    "--pgdata=" + folder.data(),
                    "--mode=" + mode,
                    "--wait",
                    "--timeout=" + TO_STOP.toSeconds(),
                    "--silent");
        }
    }
}
