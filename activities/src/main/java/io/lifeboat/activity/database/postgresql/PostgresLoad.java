package io.lifeboat.activity.database.postgresql;

import io.lifeboat.activity.backup.DatastoreEngine.Restored;
import io.lifeboat.activity.database.Deadline;
import io.lifeboat.activity.manifest.Manifest.Content;
import io.lifeboat.activity.stream.WriteBehind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code pg_restore} of a dump in {@code pg_dump}'s custom format, as it streams by.
 *
 * <p>What is small goes in in one transaction. Of anything larger the definitions of the tables do, then their rows, a table at a time, and at
 * last the indexes, constraints and triggers, several at once: for definitions {@code pg_restore} wants a file, and the dump's table
 * of contents alone will do, as {@link DumpContents} cuts it off. Where one of the three fails, the target is left with what it has.
 *
 * <p>Rights on the system's own functions are part of every dump that finds them changed, though they belong to the server and not
 * to the database, and only a superuser can grant them: {@code pg_restore} as any other role ends there. They are left out then.
 */
final class PostgresLoad {
    private static final Duration QUESTION = Duration.ofSeconds(10);

    /** Indexes of large tables are built, and materialized views filled, after the last byte was read. */
    private static final Duration BUILDING = Duration.ofHours(12);

    /**
     * Each job is a session that builds an index with {@code maintenance_work_mem} and the server's parallel workers: four keep the
     * processors of an ordinary server busy and take 256 MB with the defaults, so that a small one bears them.
     */
    private static final int JOBS = 4;

    private static final int CHUNK = 1 << 18;

    /** An entry of {@code pg_restore --list}: dump id, catalogue and object id, kind, schema, name, owner. */
    private static final Pattern SYSTEM_RIGHT = Pattern.compile("\\d+; \\d+ \\d+ ACL pg_catalog (.+) \\S+");

    /** A limit of connections may be as low as one. */
    private static final String ROLE = """
            SELECT rolsuper, rolconnlimit < 0 AND datconnlimit < 0
              FROM pg_roles, pg_database WHERE rolname = current_user AND datname = current_database()
            """;

    private final Optional<Path> programs;
    private final PostgresServer target;

    PostgresLoad(Optional<Path> programs, PostgresServer target) {
        this.programs = programs;
        this.target = target;
    }

    private record Role(boolean superuser, boolean unlimited) {}

    /** What is there afterwards is counted, of a large dump already while it is loaded. */
    Restored load(InputStream dump) throws IOException {
        Role role = role();
        int jobs = role.unlimited() ? JOBS : 1;
        DumpContents contents = DumpContents.of(programs, target.uri(), dump);
        List<String> rights = contents.entries().stream()
                .map(SYSTEM_RIGHT::matcher)
                .filter(entry -> !role.superuser() && entry.matches())
                .map(entry -> "rights on " + entry.group(1))
                .toList();
        if (rights.isEmpty()) {
            return new Restored(restore(contents, jobs, List.of()), rights);
        }
        Path wanted = Files.createTempFile("lifeboat-restore-", ".list");
        try {
            Files.write(
                    wanted,
                    contents.entries().stream()
                            .filter(entry -> !SYSTEM_RIGHT.matcher(entry).matches())
                            .toList());
            return new Restored(restore(contents, jobs, List.of("--use-list=" + wanted)), rights);
        } finally {
            Files.delete(wanted);
        }
    }

    private Role role() {
        try (PostgresConnection session = target.service(Deadline.in(QUESTION))) {
            return session.one(ROLE, row -> new Role(row.getBoolean(1), row.getBoolean(2)));
        }
    }

    private List<Content> restore(DumpContents contents, int jobs, List<String> options) throws IOException {
        if (contents.isSmall()) {
            stream(contents.dump(), with(options, "--single-transaction"));
            return LoadedFigures.of(target);
        }
        Path definitions = Files.createTempFile("lifeboat-restore-", ".dump");
        try {
            Files.write(definitions, contents.definitions());
            run(with(options, "--single-transaction", "--section=pre-data", definitions.toString()));
            List<String> rows = with(options, "--section=data");
            List<String> rest = with(options, "--section=post-data", "--jobs=" + jobs, definitions.toString());
            if (jobs == 1) {
                stream(contents.dump(), rows);
                run(rest);
                return LoadedFigures.of(target);
            }
            try (LoadedFigures figures = LoadedFigures.beside(target)) {
                stream(contents.dump(), rows);
                figures.loaded();
                run(rest);
                return figures.all();
            }
        } finally {
            Files.delete(definitions);
        }
    }

    private void run(List<String> options) throws IOException {
        try (PostgresProgram restore = start(options)) {
            restore.awaitSuccess(BUILDING);
        }
    }

    private static List<String> with(List<String> options, String... more) {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of(more));
        return all;
    }

    private PostgresProgram start(List<String> options) {
        List<String> arguments =
                new ArrayList<>(List.of("--dbname=" + target.uri().database(), "--exit-on-error", "--no-password"));
        arguments.addAll(options);
        return PostgresProgram.start(programs, "pg_restore", target.uri(), arguments.toArray(String[]::new));
    }

    private void stream(InputStream dump, List<String> options) throws IOException {
        try (PostgresProgram restore = start(options)) {
            send(dump, restore);
            restore.awaitSuccess(BUILDING);
        }
    }

    /** A program that fails closes its end early; what it says about that tells more than the broken pipe. */
    private static void send(InputStream dump, PostgresProgram restore) throws IOException {
        try (OutputStream input = new WriteBehind(restore.input())) {
            byte[] buffer = new byte[CHUNK];
            for (int count = next(dump, buffer, restore); count >= 0; count = next(dump, buffer, restore)) {
                input.write(buffer, 0, count);
            }
        } catch (WriteBehind.TargetFailure brokenPipe) {
            restore.awaitSuccess();
            throw brokenPipe;
        }
    }

    /** Where the dump turns out to be damaged, the program must not see an end: it might commit what it has. */
    private static int next(InputStream dump, byte[] buffer, PostgresProgram restore) throws IOException {
        try {
            return dump.read(buffer);
        } catch (IOException | RuntimeException damaged) {
            restore.close();
            throw damaged;
        }
    }
}
