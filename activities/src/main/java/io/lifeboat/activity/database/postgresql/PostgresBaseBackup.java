package io.lifeboat.activity.database.postgresql;

import io.lifeboat.activity.backup.BackupEngines.Assignment;
import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.BackupException.Kind;
import io.lifeboat.activity.backup.BackupTaker;
import io.lifeboat.activity.database.DatabaseInstance;
import io.lifeboat.activity.database.Deadline;
import io.lifeboat.activity.database.postgresql.BaseStream.Outcome;
import io.lifeboat.activity.manifest.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code pg_basebackup}: the files of the whole server in one tar, with the write-ahead log that makes them consistent. Together with
 * the archived log it can be recovered to any later moment, by {@link PostgresSandbox}. It counts no rows; a recovery proves it.
 */
public final class PostgresBaseBackup implements BackupTaker {
    /** Of what the source says in the manifest: whose files they are. */
    static final String SYSTEM = "systemIdentifier";

    static final String TIMELINE = "timeline";

    /** Whether its files are whole, {@code full}, or only what has changed is in it, {@code incr}. */
    static final String TYPE = "type";

    /** Why it is a full one, where the policy wants increments. */
    static final String FULL_BECAUSE = "fullBecause";

    /** The end of the backup, in the log and on the server's clock. */
    static final String END_LSN = "endLsn";

    static final String END_TIME = "endTime";

    private static final Duration ASKING = Duration.ofSeconds(10);

    // Its words are stable, and LC_ALL=C keeps them English.
    private static final Pattern START =
            Pattern.compile("write-ahead log start point: ([0-9A-F]+/[0-9A-F]+) on timeline (\\d+)");
    private static final Pattern END = Pattern.compile("write-ahead log end point: ([0-9A-F]+/[0-9A-F]+)");

    private final Optional<Path> programs;
    private final boolean increments;
    private final Optional<BaseIncrement> increment;
    private final Optional<String> fullBecause;

    /**
     * Takes full ones.
     *
     * @param programs folder of PostgreSQL's programs; absent to find them on the {@code PATH}
     */
    public PostgresBaseBackup(Optional<Path> programs) {
        this(programs, false, Optional.empty(), Optional.empty());
    }

    /** Takes an incremental one where the assignment has a base and the server knows what has changed since, else a full one. */
    public PostgresBaseBackup(Optional<Path> programs, Assignment assignment) {
        this(
                programs,
                assignment.policy().increments().isPresent(),
                assignment.base().map(BaseIncrement::new),
                assignment.fullBecause());
    }

    private PostgresBaseBackup(
            Optional<Path> programs,
            boolean increments,
            Optional<BaseIncrement> increment,
            Optional<String> fullBecause) {
        this.programs = programs;
        this.increments = increments;
        this.increment = increment;
        this.fullBecause = fullBecause;
    }

    @Override
    public String method() {
        return "basebackup";
    }

    /** The role needs REPLICATION, and a line of its own in the server's pg_hba.conf. */
    @Override
    public Taken take(DatabaseInstance source, Parts parts) throws IOException {
        PostgresServer server = PostgresServer.of(source);
        Before before = ask(server, Before.QUERY, Before::read);
        refuseTablespaces(source, before);
        Copied copied = copy(server, before, parts);
        // Asked after the end, on the clock that stamps the commits: whatever is later than this can be recovered to.
        Instant end = ask(
                server, "SELECT clock_timestamp()", row -> row.getTimestamp(1).toInstant());
        Matcher start = found(START, copied.report());
        Map<String, String> facts = new HashMap<>(copied.facts());
        facts.put(SYSTEM, before.systemIdentifier());
        facts.put(TIMELINE, start.group(2));
        facts.put("lsn", start.group(1));
        facts.put(END_LSN, found(END, copied.report()).group(1));
        facts.put(END_TIME, end.toString());
        facts.put("serverVersion", before.serverVersion());
        facts.put("database", server.uri().database());
        return new Taken(
                before.began(),
                facts,
                Map.of("pg_basebackup", PostgresProgram.version(programs, "pg_basebackup")),
                List.of());
    }

    /**
     * What was stored.
     *
     * @param report what the program said
     * @param facts whether it is a full one, and on what it is based or why it is not
     */
    private record Copied(String report, Map<String, String> facts) {}

    private Copied copy(PostgresServer server, Before before, Parts parts) throws IOException {
        BaseStream stream = new BaseStream(programs, server.uri(), increments);
        return increment.isPresent()
                ? copySince(increment.get(), server, before, stream, parts)
                : full(stream, parts, fullBecause);
    }

    private static Copied copySince(
            BaseIncrement increment, PostgresServer server, Before before, BaseStream stream, Parts parts)
            throws IOException {
        try (PrivateFile list = PrivateFile.create()) {
            Optional<String> objection = increment.objection(state(server, before));
            if (objection.isEmpty()) {
                objection = increment.list(list);
            }
            if (objection.isPresent()) {
                return full(stream, parts, objection);
            }
            return switch (stream.run(Optional.of(list), parts)) {
                case Outcome.Stored stored ->
                    new Copied(
                            stored.report(),
                            Map.of(
                                    TYPE,
                                    "incr",
                                    Manifest.BASED_ON,
                                    increment.base().manifest().id()));
                case Outcome.Refused refused ->
                    full(stream, parts, Optional.of("the server refuses an incremental one: " + refused.why()));
            };
        }
    }

    private static Copied full(BaseStream stream, Parts parts, Optional<String> because) throws IOException {
        Map<String, String> facts = new HashMap<>(Map.of(TYPE, "full"));
        because.ifPresent(why -> facts.put(FULL_BECAUSE, why));
        return switch (stream.run(Optional.empty(), parts)) {
            case Outcome.Stored stored -> new Copied(stored.report(), facts);
            case Outcome.Refused refused ->
                throw new IllegalStateException("a full one is not refused but fails: " + refused.why());
        };
    }

    private static BaseIncrement.Server state(PostgresServer server, Before before) {
        try (PostgresConnection session = server.service(Deadline.in(ASKING))) {
            return BaseIncrement.Server.of(session, server.look(session), before.systemIdentifier());
        }
    }

    private static void refuseTablespaces(DatabaseInstance source, Before before) {
        if (!before.tablespaces().isEmpty()) {
            throw new BackupException(
                    Kind.PRECONDITION,
                    "Cannot take a base backup of " + source.name() + ": it has tablespaces of its own ("
                            + before.tablespaces() + "), and pg_basebackup streams one tar only."
                            + " Use method \"logical\", or move the tables to the default tablespace.");
        }
    }

    private static <T> T ask(PostgresServer server, String query, PostgresConnection.Row<T> row) {
        try (PostgresConnection session = server.service(Deadline.in(ASKING))) {
            return session.one(query, row);
        }
    }

    private static Matcher found(Pattern pattern, String report) {
        Matcher matcher = pattern.matcher(report);
        if (!matcher.find()) {
            throw new BackupException(
                    Kind.PRECONDITION,
                    "Cannot tell where the base backup stands: pg_basebackup ended well but did not report its log"
                            + " positions. Use the program of the server's version.");
        }
        return matcher;
    }

    private record Before(Instant began, String systemIdentifier, String serverVersion, String tablespaces) {
        private static final String QUERY = """
                SELECT clock_timestamp(), (SELECT system_identifier FROM pg_control_system())::text,
                       current_setting('server_version'),
                       (SELECT coalesce(string_agg(quote_ident(spcname), ', ' ORDER BY spcname), '') FROM pg_tablespace
                         WHERE spcname NOT IN ('pg_default', 'pg_global'))
                """;

        private static Before read(ResultSet row) throws SQLException {
            return new Before(row.getTimestamp(1).toInstant(), row.getString(2), row.getString(3), row.getString(4));
        }
    }
}
