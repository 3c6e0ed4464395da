package io.lifeboat.activity.database.postgresql;

import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.BackupException.Kind;
import io.lifeboat.activity.database.Deadline;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The end of a process, awaited for so long and no longer. Closed before that, it is killed. */
public record ProgramEnd(String name, Process process) implements AutoCloseable {
    private static final Duration BETWEEN_SIGNS = Duration.ofMillis(500);

    /**
     * Waits for it.
     *
     * @param alive called now and then meanwhile; what it throws ends the waiting
     */
    public int exitCode(Deadline deadline, Runnable alive) throws IOException {
        try {
            while (!process.waitFor(BETWEEN_SIGNS.toMillis(), TimeUnit.MILLISECONDS)) {
                alive.run();
                if (deadline.isOver()) {
                    throw new BackupException(
                            Kind.UNAVAILABLE, name + " did not end in the time it was given, and was killed.");
                }
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while " + name + " ran");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
