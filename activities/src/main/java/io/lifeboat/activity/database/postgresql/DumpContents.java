package io.lifeboat.activity.database.postgresql;

import io.lifeboat.activity.backup.BackupException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The table of contents of a dump in {@code pg_dump}'s custom format that streams by. It is the dump's beginning, however long the
 * dump is: as much as has to be read of it is kept in memory.
 */
final class DumpContents {
    /** Read ahead, to see whether the dump is longer. */
    static final int SMALL = 8 << 20;

    private static final int CHUNK = 1 << 18;

    private final Lister lister;
    private final boolean small;
    private final List<String> entries;
    private final byte[] beginning;
    private final InputStream dump;

    /** {@code pg_restore --list}. */
    private record Lister(Optional<Path> programs, PostgresUri uri) {
        private PostgresProgram start() {
            return PostgresProgram.start(programs, "pg_restore", uri, "--list");
        }

        /** @param read gets what it was given */
        private List<String> entries(InputStream dump, OutputStream read) throws IOException {
            try (PostgresProgram list = start()) {
                CompletableFuture<List<String>> entries = CompletableFuture.supplyAsync(
                        () -> lines(list.output()), task -> Thread.ofVirtual().start(task));
                byte[] buffer = new byte[CHUNK];
                boolean reading = true;
                while (reading) {
                    int count = dump.read(buffer);
                    if (count < 0) {
                        closeQuietly(list.input());
                        break;
                    }
                    read.write(buffer, 0, count);
                    reading = offer(list.input(), buffer, count);
                }
                list.awaitSuccess();
                return joined(entries);
            }
        }
    }

    private DumpContents(Lister lister, boolean small, List<String> entries, byte[] beginning, InputStream dump) {
        this.lister = lister;
        this.small = small;
        this.entries = entries;
        this.beginning = beginning;
        this.dump = dump;
    }

    static DumpContents of(Optional<Path> programs, PostgresUri uri, InputStream dump) throws IOException {
        Lister lister = new Lister(programs, uri);
        byte[] start = dump.readNBytes(SMALL);
        InputStream all = new SequenceInputStream(new ByteArrayInputStream(start), dump);
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        List<String> entries = lister.entries(all, read);
        byte[] beginning = read.toByteArray();
        return new DumpContents(
                lister,
                start.length < SMALL,
                entries,
                beginning,
                new SequenceInputStream(new ByteArrayInputStream(beginning), all));
    }

    /** Whether the whole dump is shorter than {@link #SMALL}. */
    boolean isSmall() {
        return small;
    }

    /** As {@code pg_restore --list} has them, without its remarks. */
    List<String> entries() {
        return entries;
    }

    /** The whole dump, from its beginning, to be read once. */
    InputStream dump() {
        return dump;
    }

    /** The shortest beginning that {@code pg_restore} can list: the definitions of everything, and not one row. */
    byte[] definitions() throws IOException {
        int tooShort = 0;
        int enough = beginning.length;
        while (enough - tooShort > 1) {
            int between = (tooShort + enough) >>> 1;
            if (isListable(between)) {
                enough = between;
            } else {
                tooShort = between;
            }
        }
        return Arrays.copyOf(beginning, enough);
    }

    private boolean isListable(int length) throws IOException {
        try {
            lister.entries(new ByteArrayInputStream(beginning, 0, length), OutputStream.nullOutputStream());
            return true;
        } catch (BackupException tooShort) {
            return false;
        }
    }

    /** False once the program has read enough. */
    private static boolean offer(OutputStream input, byte[] bytes, int count) {
        try {
            input.write(bytes, 0, count);
            input.flush();
            return true;
        } catch (IOException ended) {
            return false;
        }
    }

    @SuppressWarnings("EmptyCatch") // it has read enough
    private static void closeQuietly(OutputStream input) {
        try {
            input.close();
        } catch (IOException ended) {
        }
    }

    private static List<String> lines(InputStream output) {
        try (output) {
            return new String(output.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith(";"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> joined(CompletableFuture<List<String>> entries) {
        try {
            return entries.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }
}
