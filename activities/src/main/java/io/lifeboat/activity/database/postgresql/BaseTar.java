package io.lifeboat.activity.database.postgresql;

import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.BackupException.Kind;
import io.lifeboat.activity.backup.StoredParts;
import io.lifeboat.activity.database.Deadline;
import io.lifeboat.activity.database.postgresql.SandboxProgress.Phase;
import io.lifeboat.activity.stream.PlainComparison;
import io.lifeboat.activity.stream.WriteBehind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The tar of a full {@link PostgresBaseBackup}, with the list of its files that pg_basebackup put into it.
 *
 * @param id of the backup, for messages
 */
public record BaseTar(String id, StoredParts parts) implements BaseFiles {
    private static final Duration BETWEEN_SIGNS = Duration.ofMillis(500);
    private static final int BUFFER = 1 << 18;

    /**
     * tar writes files in pieces as large as those it reads. 128 blocks are 64 KiB, what a pipe holds; its own 10 KiB were measured to
     * cost the kernel 1.6 times as much.
     */
    private static final String LARGE_PIECES = "--blocking-factor=128";

    @Override
    public Written write(Path data, SandboxPrograms programs, Deadline deadline, Progress progress) throws IOException {
        long begun = System.nanoTime();
        long bytes = unpack(data, programs, deadline, progress);
        Duration unpack = since(begun);
        long verifying = System.nanoTime();
        verify(id, data, List.of("--skip-checksums"), programs, deadline, progress);
        return new Written(bytes, unpack, since(verifying));
    }

    /** Into a folder that is the server's user's own; what is unpacked is compared with the sums in the backup's own list. */
    long unpack(Path data, SandboxPrograms programs, Deadline deadline, Progress progress) throws IOException {
        Process tar =
                programs.start("tar", "tar", List.of("--extract", "--file=-", LARGE_PIECES, "--directory=" + data));
        BaseSums sums = new BaseSums(id);
        long bytes = 0;
        try (ProgramEnd end = new ProgramEnd("tar", tar);
                InputStream base = parts.open(BaseStream.TAR, PlainComparison.BY_READER)) {
            try (OutputStream input = new WriteBehind(end.process().getOutputStream())) {
                byte[] buffer = new byte[BUFFER];
                Deadline sign = Deadline.in(BETWEEN_SIGNS);
                for (int count = base.read(buffer); count >= 0; count = base.read(buffer)) {
                    input.write(buffer, 0, count);
                    sums.add(buffer, 0, count);
                    bytes += count;
                    requireTime(deadline);
                    if (sign.isOver()) {
                        progress.at(Phase.UNPACKING, bytes);
                        sign = Deadline.in(BETWEEN_SIGNS);
                    }
                }
            } catch (WriteBehind.TargetFailure brokenPipe) {
                // A program that fails closes its end early; what it says about that tells more.
                programs.await(tar, deadline, () -> {}, "tar");
                throw brokenPipe;
            }
            programs.await(tar, deadline, () -> {}, "tar");
        }
        sums.requireListed(data.resolve(BaseStream.LIST_IN_TAR));
        progress.at(Phase.UNPACKING, bytes);
        return bytes;
    }

    private void requireTime(Deadline deadline) {
        if (deadline.isOver()) {
            throw new BackupException(
                    Kind.UNAVAILABLE, "Cannot unpack backup " + id + " in the time it was given. Give it more.");
        }
    }

    /**
     * Compares the files with the backup's own list, and the log in it with what its beginning and end need.
     *
     * @param options of {@code pg_verifybackup}
     */
    static void verify(
            String id, Path data, List<String> options, SandboxPrograms programs, Deadline deadline, Progress progress)
            throws IOException {
        String program = "pg_verifybackup";
        List<String> arguments = new ArrayList<>(options);
        arguments.addAll(List.of("--quiet", data.toString()));
        Process verifying = programs.startPostgres(program, program, arguments);
        if (programs.exitCode(verifying, deadline, () -> progress.at(Phase.VERIFYING, 0), program) != 0) {
            throw new BackupException(
                    Kind.CORRUPT,
                    "The files of backup " + id + " are not what was copied, says " + program + ": "
                            + programs.lastWords(program)
                            + ". Use its copy in the other region, or another backup.");
        }
    }

    static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
