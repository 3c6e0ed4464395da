package io.lifeboat.activity.database.postgresql;

import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.database.Deadline;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Where the files of a base backup come from. */
public interface BaseFiles {
    /**
     * Writes them into a sandbox's data folder, which is there, empty, and the server's user's own, and compares each with what was
     * copied.
     *
     * @param programs runs programs in the sandbox, as the server's user
     * @param progress whose throwing ends it
     * @throws BackupException {@code CORRUPT} when a file is not what was copied
     */
    Written write(Path data, SandboxPrograms programs, Deadline deadline, Progress progress) throws IOException;

    /** Told now and then how far it is, by the calling thread. */
    interface Progress {
        void at(SandboxProgress.Phase phase, long bytes);
    }

    /**
     * What was written.
     *
     * @param unpack writing the files
     * @param verify comparing them, where that is work of its own
     */
    record Written(long bytes, Duration unpack, Duration verify) {}
}
