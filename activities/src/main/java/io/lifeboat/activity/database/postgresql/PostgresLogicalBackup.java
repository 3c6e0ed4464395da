package io.lifeboat.activity.database.postgresql;

import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.BackupException.Kind;
import io.lifeboat.activity.backup.DatastoreEngine;
import io.lifeboat.activity.backup.StoredParts;
import io.lifeboat.activity.database.DatabaseInstance;
import io.lifeboat.activity.database.Deadline;
import io.lifeboat.activity.manifest.Manifest;
import io.lifeboat.activity.manifest.Manifest.Content;
import io.lifeboat.runbook.DumpScope;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * {@code pg_dump} in its custom format, uncompressed because the chain compresses better and faster, with the roles beside it, of the
 * whole database or of some of it. The dump and the figures are of one snapshot.
 */
public final class PostgresLogicalBackup implements DatastoreEngine {
    /** The dump's part, for people and for {@code docs/restore-by-hand.md}. */
    static final String DUMP = "database.dump";

    /** The same as text, where the policy asks for it; nothing restores from it by itself. */
    static final String PLAIN = "database.sql";

    static final String ROLES = "roles.sql";

    private static final Duration CONNECTING = Duration.ofSeconds(10);
    private static final Duration COUNTING = Duration.ofHours(6);
    private static final Duration CREATING_ROLES = Duration.ofMinutes(5);

    /** Of what pg_dumpall writes: psql's own commands, and the encoding, which a driver sets by itself. */
    private static final Pattern FOR_PSQL = Pattern.compile("^(\\\\|SET client_encoding = )");

    private final Optional<Path> programs;
    private final DumpScope scope;

    /**
     * Takes whole databases, and restores whatever was taken.
     *
     * @param programs folder of PostgreSQL's client programs; absent to find them on the {@code PATH}
     */
    public PostgresLogicalBackup(Optional<Path> programs) {
        this(programs, DumpScope.WHOLE);
    }

    /**
     * Takes of a database what the scope says, and restores whatever was taken.
     *
     * @param programs folder of PostgreSQL's client programs; absent to find them on the {@code PATH}
     */
    public PostgresLogicalBackup(Optional<Path> programs, DumpScope scope) {
        this.programs = programs;
        this.scope = scope;
    }

    @Override
    public String method() {
        return "logical";
    }

    @Override
    public Taken take(DatabaseInstance source, Parts parts) throws IOException {
        PostgresServer server = PostgresServer.of(source);
        try (PostgresConnection session = server.service(Deadline.in(COUNTING))) {
            session.repeatableRead();
            Snapshot snapshot = session.one(Snapshot.QUERY, Snapshot::read);
            DumpSelection selection = DumpSelection.of(scope, session, source);
            CompletableFuture<List<Content>> figures = CompletableFuture.supplyAsync(
                    () -> PostgresFigures.of(session, selection),
                    task -> Thread.ofVirtual().start(task));
            List<String> what = selection.arguments();
            dump(server.uri(), with(snapshot, "custom", what), () -> parts.begin(DUMP, "pg_dump custom format"));
            if (scope.plain()) {
                dump(server.uri(), with(snapshot, "plain", what), () -> parts.begin(PLAIN, "the same as SQL text"));
            }
            roles(server.uri(), parts);
            return new Taken(
                    snapshot.taken(),
                    positioned(snapshot.position(), selection),
                    Map.of("pg_dump", PostgresProgram.version(programs, "pg_dump")),
                    joined(figures));
        }
    }

    private static Map<String, String> positioned(Map<String, String> position, DumpSelection selection) {
        Map<String, String> source = new HashMap<>(position);
        selection.holdsOnly().ifPresent(words -> source.put(Manifest.HOLDS_ONLY, words));
        return source;
    }

    private static List<String> with(Snapshot snapshot, String format, List<String> what) {
        List<String> arguments = new ArrayList<>(
                List.of("--format=" + format, "--compress=0", "--no-password", "--snapshot=" + snapshot.name()));
        arguments.addAll(what);
        return arguments;
    }

    private void dump(PostgresUri uri, List<String> arguments, Beginning beginning) throws IOException {
        try (Part part = beginning.begin();
                PostgresProgram dump =
                        PostgresProgram.start(programs, "pg_dump", uri, arguments.toArray(String[]::new))) {
            dump.passOn(part.bytes());
            dump.awaitSuccess();
            part.finish();
        }
    }

    private interface Beginning {
        Part begin() throws IOException;
    }

    /** Without their passwords: those live in the site's secret store, and only a superuser could read them. */
    private void roles(PostgresUri uri, Parts parts) throws IOException {
        try (Part part = parts.begin(ROLES, "SQL that creates the roles, without passwords");
                PostgresProgram dump = PostgresProgram.start(
                        programs,
                        "pg_dumpall",
                        uri,
                        "--roles-only",
                        "--no-role-passwords",
                        "--no-password",
                        "--encoding=UTF8")) {
            dump.passOn(part.bytes());
            dump.awaitSuccess();
            part.finish();
        }
    }

    @Override
    public Restored restore(DatabaseInstance target, Manifest backup, StoredParts parts) throws IOException {
        PostgresServer server = PostgresServer.of(target);
        refuseUnlessEmpty(server, target);
        try (InputStream dump = parts.open(DUMP)) {
            return new PostgresLoad(programs, server).load(dump);
        }
    }

    /**
     * Creates a backup's roles in a new server, which has none but the source's own superuser. They have no passwords. It is not
     * {@code psql} that does so, which would carry out what somebody has hidden in a role's name on this machine.
     *
     * @param backup the manifest, already verified
     */
    public void restoreRoles(DatabaseInstance target, Manifest backup, StoredParts parts) throws IOException {
        String superuser = DumpOrigin.of(backup).superuser();
        Set<String> there =
                Set.of("CREATE ROLE " + superuser + ";", "CREATE ROLE " + PostgresServer.quoted(superuser) + ";");
        try (InputStream stored = parts.open(ROLES);
                PostgresConnection session = PostgresServer.of(target).service(Deadline.in(CREATING_ROLES))) {
            session.script(new String(stored.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line ->
                            !there.contains(line) && !FOR_PSQL.matcher(line).find())
                    .collect(Collectors.joining("\n")));
        }
    }

    private static void refuseUnlessEmpty(PostgresServer server, DatabaseInstance target) {
        try (PostgresConnection session = server.service(Deadline.in(CONNECTING))) {
            List<String> found = session.all(PostgresFigures.RELATIONS, row -> row.getString(1));
            if (!found.isEmpty()) {
                throw new BackupException(
                        Kind.PRECONDITION,
                        "Cannot restore into \"" + target.datastore() + "\" in " + target.region()
                                + ": its database is not empty, it has " + found.getFirst()
                                + (found.size() == 1 ? "" : " and " + (found.size() - 1) + " more")
                                + ". Restore into an empty database.");
            }
        }
    }

    private static List<Content> joined(CompletableFuture<List<Content>> figures) {
        try {
            return figures.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    /** The moment the backup is of. */
    private record Snapshot(String name, Instant taken, Map<String, String> position) {
        private static final String QUERY = """
                SELECT pg_export_snapshot(), now(),
                       (SELECT system_identifier FROM pg_control_system())::text,
                       (SELECT timeline_id FROM pg_control_checkpoint())::text,
                       CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END::text,
                       current_setting('server_version'), current_database(),
                       (SELECT pg_encoding_to_char(encoding) FROM pg_database WHERE datname = current_database()),
                       (SELECT rolname FROM pg_roles WHERE oid = 10)
                """;

        private static Snapshot read(ResultSet row) throws SQLException {
            Map<String, String> position = new DumpOrigin(row.getString(7), row.getString(8), row.getString(9)).facts();
            position.put("systemIdentifier", row.getString(3));
            position.put("timeline", row.getString(4));
            position.put("lsn", row.getString(5));
            position.put("serverVersion", row.getString(6));
            return new Snapshot(row.getString(1), row.getTimestamp(2).toInstant(), position);
        }
    }
}
