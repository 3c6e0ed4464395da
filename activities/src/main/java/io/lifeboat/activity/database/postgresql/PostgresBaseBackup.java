package io.lifeboat.activity.database.postgresql;

import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.BackupException.Kind;
import io.lifeboat.activity.backup.BackupTaker;
import io.lifeboat.activity.database.DatabaseInstance;
import io.lifeboat.activity.database.Deadline;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
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
    /** The tar's part, for people too. */
    static final String TAR = "base.tar";

    /** Of what the source says in the manifest: the end of the backup, in the log and on the server's clock. */
    static final String END_LSN = "endLsn";

    static final String END_TIME = "endTime";

    private static final Duration ASKING = Duration.ofSeconds(10);

    // Its words are stable, and LC_ALL=C keeps them English. The start stands in backup_label too, but the end only in
    // the manifest
    // at the tar's very end, so that reading both from the stream would mean parsing all of it.
    private static final Pattern START =
            Pattern.compile("write-ahead log start point: ([0-9A-F]+/[0-9A-F]+) on timeline (\\d+)");
    private static final Pattern END = Pattern.compile("write-ahead log end point: ([0-9A-F]+/[0-9A-F]+)");

    private final Optional<Path> programs;

    /** @param programs folder of PostgreSQL's programs; absent to find them on the {@code PATH} */
    public PostgresBaseBackup(Optional<Path> programs) {
        this.programs = programs;
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
        String report = copy(server.uri(), parts);
        // Asked after the end, on the clock that stamps the commits: whatever is later than this can be recovered to.
        Instant end = ask(
                server, "SELECT clock_timestamp()", row -> row.getTimestamp(1).toInstant());
        Matcher start = found(START, report);
        return new Taken(
                before.began(),
                Map.of(
                        "systemIdentifier",
                        before.systemIdentifier(),
                        "timeline",
                        start.group(2),
                        "lsn",
                        start.group(1),
                        END_LSN,
                        found(END, report).group(1),
                        END_TIME,
                        end.toString(),
                        "serverVersion",
                        before.serverVersion(),
                        "database",
                        server.uri().database()),
                Map.of("pg_basebackup", PostgresProgram.version(programs, "pg_basebackup")),
                List.of());
    }

    /** Passes the tar on, and gives what the program reported. */
    private String copy(PostgresUri uri, Parts parts) throws IOException {
        try (Part part = parts.begin(TAR, "tar of the server's data folder with the log it needs, by pg_basebackup");
                PostgresProgram backup = PostgresProgram.start(
                        programs,
                        "pg_basebackup",
                        uri,
                        "--pgdata=-",
                        "--format=tar",
                        "--wal-method=fetch",
                        "--checkpoint=fast",
                        // Against accidents, and by the processor's own instruction; against people there is our
                        // manifest.
                        "--manifest-checksums=CRC32C",
                        "--label=lifeboat",
                        "--verbose",
                        "--no-password")) {
            backup.passOn(part.bytes());
            backup.awaitSuccess();
            part.finish();
            return backup.report();
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
