package io.lifeboat.activity.database.postgresql;

import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.BackupException.Kind;
import io.lifeboat.activity.database.Deadline;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The processes of a sandbox: those whose working folder is in it, whoever started them. A process id alone, from a file or from
 * memory, may be somebody else's by now.
 */
record SandboxProcesses(Path folder) {
    private static final Duration TO_DIE = Duration.ofSeconds(10);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

    List<ProcessHandle> all() throws IOException {
        List<ProcessHandle> found = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (isOurs(process)) {
                    ProcessHandle.of(Long.parseLong(process.getFileName().toString()))
                            .ifPresent(found::add);
                }
            }
        }
        return found;
    }

    private boolean isOurs(Path process) {
        try {
            return Files.readSymbolicLink(process.resolve("cwd")).startsWith(folder);
        } catch (IOException e) {
            return false; // it ended, or it is another user's and therefore none of ours
        }
    }

    /** Kills what is left, and returns when nothing is. */
    void killAll() throws IOException {
        Deadline deadline = Deadline.in(TO_DIE);
        for (List<ProcessHandle> left = all(); !left.isEmpty(); left = all()) {
            if (deadline.isOver()) {
                throw new BackupException(
                        Kind.UNAVAILABLE,
                        "Cannot end the sandbox in \"" + folder + "\": " + left.size()
                                + " of its processes do not die, the first is "
                                + left.getFirst().pid()
                                + ". Look at that process; the sandbox can be destroyed again afterwards.");
            }
            left.forEach(ProcessHandle::destroyForcibly);
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }
}
