package io.lifeboat.lab.process;

import io.lifeboat.lab.LabException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The processes whose working folder lies below a folder and which have no controlling terminal. A shell that someone
 * opened in the folder has one and is left alone; so is the caller itself and whatever started it.
 */
public final class LabProcesses {

    private static final Path PROC = Path.of("/proc");
    private static final Duration KILL_DEADLINE = Duration.ofSeconds(10);

    private final Path folder;

    private LabProcesses(Path folder) {
        this.folder = folder;
    }

    /** The processes below {@code folder}, whoever started them. */
    public static LabProcesses in(Path folder) {
        try {
            return new LabProcesses(folder.toRealPath());
        } catch (IOException missing) {
            return new LabProcesses(folder.toAbsolutePath().normalize());
        }
    }

    public List<LabProcess> list() {
        Set<Long> callers = callers();
        List<LabProcess> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path entry : entries) {
                belonging(entry)
                        .filter(process -> !callers.contains(process.pid()))
                        .ifPresent(found::add);
            }
        } catch (IOException e) {
            throw LabException.failed("Cannot list processes in /proc: " + e.getMessage(), e);
        }
        return List.copyOf(found);
    }

    /**
     * Kills (SIGKILL) until none is left, also those that are born meanwhile, and waits until their ports are closed.
     *
     * @return how many were killed
     * @throws LabException when some are still there after ten seconds
     */
    public int killAll() {
        Set<Long> killed = new HashSet<>();
        Deadline deadline = Deadline.after(KILL_DEADLINE);
        // A child born while /proc is being read can be missed once, not twice: its parent is dead by then.
        for (int empty = 0; empty < 2; ) {
            List<LabProcess> left = list();
            empty = left.isEmpty() ? empty + 1 : 0;
            for (LabProcess process : left) {
                kill(process);
                killed.add(process.pid());
            }
            if (!left.isEmpty() && deadline.passed()) {
                throw LabException.failed("Cannot end the processes below " + folder + ": " + left
                        + " are still there 10 s after SIGKILL. Look whether they belong to another user.");
            }
            if (!left.isEmpty()) {
                Deadline.pause(Duration.ofMillis(5));
            }
        }
        while (!killed.stream().allMatch(LabProcesses::isGone) && !deadline.passed()) {
            Deadline.pause(Duration.ofMillis(2));
        }
        return killed.size();
    }

    /**
     * Linux takes the working folder from a dying process before it closes its sockets (do_exit in kernel/exit.c), so that one
     * that is not listed any more may still accept connections. A zombie without further threads has nothing left.
     */
    private static boolean isGone(long pid) {
        Path entry = PROC.resolve(Long.toString(pid));
        try (Stream<Path> threads = Files.list(entry.resolve("task"))) {
            return ProcessStat.parse(Files.readString(entry.resolve("stat"))).isDead() && threads.count() <= 1;
        } catch (IOException | UncheckedIOException gone) {
            return true;
        }
    }

    /** The handle remembers when its process began: a number that is reused meanwhile is never killed. */
    private void kill(LabProcess process) {
        ProcessHandle.of(process.pid())
                .filter(handle ->
                        belonging(PROC.resolve(String.valueOf(handle.pid()))).isPresent())
                .ifPresent(ProcessHandle::destroyForcibly);
    }

    private Optional<LabProcess> belonging(Path entry) {
        try {
            Path cwd = Files.readSymbolicLink(entry.resolve("cwd"));
            // A folder that was removed under a living process reads as "/path (deleted)".
            Path clean = Path.of(cwd.toString().replaceFirst(" \\(deleted\\)$", ""));
            if (!clean.startsWith(folder)) {
                return Optional.empty();
            }
            ProcessStat stat = ProcessStat.parse(Files.readString(entry.resolve("stat")));
            return stat.hasTerminal() || stat.isDead()
                    ? Optional.empty()
                    : Optional.of(new LabProcess(stat.pid(), clean, stat.command()));
        } catch (IOException | SecurityException goneOrForeign) {
            return Optional.empty();
        }
    }

    private static Set<Long> callers() {
        Set<Long> pids = new HashSet<>();
        Optional<ProcessHandle> current = Optional.of(ProcessHandle.current());
        while (current.isPresent()) {
            pids.add(current.get().pid());
            current = current.get().parent();
        }
        return pids;
    }
}
