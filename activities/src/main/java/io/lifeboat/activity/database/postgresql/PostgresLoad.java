package io.lifeboat.activity.database.postgresql;

import io.lifeboat.activity.database.Deadline;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;

/**
 * {@code pg_restore} of a dump in {@code pg_dump}'s custom format, as it streams by, in one transaction.
 *
 * <p>Rights on the system's own functions are part of every dump that finds them changed, though they belong to the server and not
 * to the database, and only a superuser can grant them: {@code pg_restore} as any other role ends there. They are left out then.
 */
final class PostgresLoad {
    private static final Duration QUESTION = Duration.ofSeconds(10);
    private static final int CHUNK = 1 << 18;

    /** An entry of {@code pg_restore --list}: dump id, catalogue and object id, kind, schema, name, owner. */
    private static final Pattern SYSTEM_RIGHT = Pattern.compile("\\d+; \\d+ \\d+ ACL pg_catalog (.+) \\S+");

    private final Optional<Path> programs;
    private final PostgresServer target;

    PostgresLoad(Optional<Path> programs, PostgresServer target) {
        this.programs = programs;
        this.target = target;
    }

    /** @return what was left out */
    List<String> load(InputStream dump) throws IOException {
        if (isSuperuser()) {
            restore(dump);
            return List.of();
        }
        Contents contents = contents(dump);
        List<String> rights = contents.entries().stream()
                .map(SYSTEM_RIGHT::matcher)
                .filter(entry -> entry.matches())
                .map(entry -> "rights on " + entry.group(1))
                .toList();
        if (rights.isEmpty()) {
            restore(contents.dump());
            return rights;
        }
        Path wanted = Files.createTempFile("lifeboat-restore-", ".list");
        try {
            Files.write(
                    wanted,
                    contents.entries().stream()
                            .filter(entry -> !SYSTEM_RIGHT.matcher(entry).matches())
                            .toList());
            restore(contents.dump(), "--use-list=" + wanted);
        } finally {
            Files.delete(wanted);
        }
        return rights;
    }

    private boolean isSuperuser() {
        try (PostgresConnection session = target.service(Deadline.in(QUESTION))) {
            return session.one("SELECT rolsuper FROM pg_roles WHERE rolname = current_user", row -> row.getBoolean(1));
        }
    }

    private void restore(InputStream dump, String... options) throws IOException {
        String[] arguments = new String[4 + options.length];
        arguments[0] = "--dbname=" + target.uri().database();
        arguments[1] = "--exit-on-error";
        arguments[2] = "--single-transaction";
        arguments[3] = "--no-password";
        System.arraycopy(options, 0, arguments, 4, options.length);
        try (PostgresProgram restore = PostgresProgram.start(programs, "pg_restore", target.uri(), arguments)) {
            send(dump, restore);
            restore.awaitSuccess();
        }
    }

    /** A program that fails closes its end early; what it says about that tells more than the broken pipe. */
    private static void send(InputStream dump, PostgresProgram restore) throws IOException {
        try (OutputStream input = restore.input()) {
            byte[] buffer = new byte[CHUNK];
            for (int count = dump.read(buffer); count >= 0; count = dump.read(buffer)) {
                try {
                    input.write(buffer, 0, count);
                } catch (IOException brokenPipe) {
                    restore.awaitSuccess();
                    throw brokenPipe;
                }
            }
        }
    }

    /** @param dump the whole dump, from its beginning */
    private record Contents(List<String> entries, InputStream dump) {}

    /** The table of contents is the dump's beginning, however long the dump is: as much as is read of it is kept in memory. */
    private Contents contents(InputStream dump) throws IOException {
        ByteArrayOutputStream beginning = new ByteArrayOutputStream();
        try (PostgresProgram list = PostgresProgram.start(programs, "pg_restore", target.uri(), "--list")) {
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
                beginning.write(buffer, 0, count);
                reading = offer(list.input(), buffer, count);
            }
            list.awaitSuccess();
            return new Contents(
                    joined(entries), new SequenceInputStream(new ByteArrayInputStream(beginning.toByteArray()), dump));
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
