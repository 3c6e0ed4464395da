package io.lifeboat.activity.database.postgresql;

import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.BackupException.Kind;
import io.lifeboat.activity.backup.DatastoreEngine.Restored;
import io.lifeboat.activity.database.DatabaseInstance;
import io.lifeboat.activity.manifest.Manifest.Content;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Carries a database that was recovered in isolation over into an empty one of another server, which goes on as it is: its own
 * timeline, its standbys and its archive are not touched.
 */
public final class PostgresTransfer {
    private final Optional<Path> programs;

    /** @param programs folder of PostgreSQL's client programs; absent to find them on the {@code PATH} */
    public PostgresTransfer(Optional<Path> programs) {
        this.programs = programs;
    }

    /**
     * @param from where nobody else writes
     * @param progress told the bytes carried so far
     * @throws BackupException {@code CORRUPT} where a table differs afterwards in its rows or their content
     */
    public Restored carry(DatabaseInstance from, DatabaseInstance to, LongConsumer progress) throws IOException {
        PostgresServer source = PostgresServer.of(from);
        PostgresServer target = PostgresServer.of(to);
        Restored carried;
        try (PostgresProgram dump = PostgresProgram.start(
                programs, "pg_dump", source.uri(), "--format=custom", "--compress=0", "--no-password")) {
            carried = new PostgresLoad(programs, target).load(new Counted(dump.output(), progress));
            dump.awaitSuccess();
        }
        List<Content> expected = LoadedFigures.of(source);
        if (!carried.contents().equals(expected)) {
            throw new BackupException(
                    Kind.CORRUPT,
                    "What arrived in " + to.name() + " is not what was recovered: expected " + expected + ", found "
                            + carried.contents()
                            + ". Nothing was replaced. Try again; if it stays so, restore another backup.");
        }
        return carried;
    }

    /** Tells how much went by. */
    private static final class Counted extends FilterInputStream {
        private final LongConsumer progress;
        private long bytes;

        Counted(InputStream in, LongConsumer progress) {
            super(in);
            this.progress = progress;
        }

        @Override
        public int read() throws IOException {
            throw new IOException("read in blocks");
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            bytes += Math.max(0, count);
            progress.accept(bytes);
            return count;
        }
    }
}
