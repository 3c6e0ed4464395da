package io.lifeboat.activity.database.postgresql;

import io.lifeboat.activity.database.DatabaseInstance;
import io.lifeboat.activity.database.Lsn;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A sandbox whose server holds what a backup holds, and accepts writes: it has recovered and has left recovery, or a dump was loaded.
 *
 * @param instance of the backup's database, by a superuser of the sandbox alone; neither prints its password
 * @param reached end of the log that was replayed
 * @param lastCommit of the transactions that were replayed, on the source's clock; absent when none was
 * @param recoveredTimeline the timeline that was replayed last
 * @param timeline the sandbox's own, which began at {@code reached}
 * @param why the recovery ended there, in the server's words
 * @param comparedTables whose rows and checksums were found to be the manifest's; absent for files, which have a list of their own
 */
public record RecoveredInstance(
        DatabaseInstance instance,
        Lsn reached,
        Optional<Instant> lastCommit,
        long recoveredTimeline,
        long timeline,
        String why,
        Optional<Integer> comparedTables,
        Timings timings) {

    /**
     * How long it took.
     *
     * @param unpack opening, decompressing and writing the files
     * @param unpackedBytes of the backup's tar
     * @param verify comparing every file with the backup's own list
     * @param recovery from the server's start to the end of its recovery
     * @param replayedBytes of the archived log
     * @param toWritable from the beginning to the first accepted write
     */
    public record Timings(
            Duration unpack,
            long unpackedBytes,
            Duration verify,
            Duration recovery,
            long replayedBytes,
            Duration toWritable) {}
}
