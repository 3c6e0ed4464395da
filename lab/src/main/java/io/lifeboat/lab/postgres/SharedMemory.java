package io.lifeboat.lab.postgres;

import io.lifeboat.lab.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The small System V segment by which PostgreSQL keeps two servers off the same data. A killed server leaves it behind,
 * and nobody removes it once the data is gone too.
 */
public final class SharedMemory {

    private static final int KEY_LINE = 6;
    private static final int TIMEOUT_SECONDS = 5;

    private SharedMemory() {}

    /**
     * Removes what a killed cluster left behind.
     *
     * @param folder the cluster's folder; none of its processes runs any more
     */
    public static void release(Path folder) {
        Path lock = folder.resolve("data").resolve("postmaster.pid");
        if (!Files.exists(lock)) {
            return;
        }
        try {
            List<String> lines = Files.readAllLines(lock);
            String[] key = lines.size() > KEY_LINE ? lines.get(KEY_LINE).strip().split("\\s+") : new String[0];
            if (key.length == 2) {
                Process remove = new ProcessBuilder("ipcrm", "--shmem-id", key[1])
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                // A segment that is gone already is as good: the exit code does not matter.
                boolean ended = remove.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
                if (!ended) {
                    remove.destroyForcibly();
                }
            }
        } catch (IOException e) {
            throw LabException.failed("Cannot release the shared memory of " + folder + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
