package io.lifeboat.activity.database.postgresql;

import io.lifeboat.activity.database.DatabaseException;
import io.lifeboat.activity.database.DatabaseException.Kind;
import io.lifeboat.activity.database.DatabaseInstance;
import io.lifeboat.activity.database.DatabaseLook;
import io.lifeboat.activity.database.Deadline;
import io.lifeboat.activity.database.Lsn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * One server: sessions in the service's own database, and in the maintenance database, which answers even while the
 * service's database is fenced. The role needs the right to connect to both.
 */
record PostgresServer(PostgresUri uri) {
    private static final String MAINTENANCE_DATABASE = "postgres";

    /** What is kept of a call's time for the server's answer that the time is over. */
    private static final Duration FOR_THE_ANSWER = Duration.ofMillis(250);

    // pg_walfile_name fails in recovery; CASE keeps it from being evaluated there. The control file alone lags behind
    // the timeline a standby follows, so the newest of the three places that know it counts.
    // The two waits of the startup process for log that is not there are those of WaitForWALToBecomeAvailable,
    // xlogrecovery.c.
    private static final String LOOK = """
            SELECT pg_is_in_recovery() AS standby,
                   (SELECT system_identifier FROM pg_control_system()) AS system_identifier,
                   (SELECT datallowconn FROM pg_database WHERE datname = ?) AS accepting,
                   CASE WHEN pg_is_in_recovery() THEN
                     (SELECT greatest(timeline_id,
                                      (SELECT min_recovery_end_timeline FROM pg_control_recovery()),
                                      (SELECT received_tli FROM pg_stat_wal_receiver))
                        FROM pg_control_checkpoint())
                   ELSE ('x' || substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8))::bit(32)::int END AS timeline,
                   CASE WHEN pg_is_in_recovery() THEN greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn())
                   ELSE pg_current_wal_flush_lsn() END AS position,
                   coalesce(pg_last_wal_replay_lsn(), '0/0') AS replayed,
                   EXISTS (SELECT FROM pg_stat_wal_receiver WHERE coalesce(status, 'streaming') = 'streaming') AS streaming,
                   CASE WHEN NOT pg_has_role('pg_read_all_stats', 'USAGE') THEN 'NOT_SEEN'
                        WHEN EXISTS (SELECT FROM pg_stat_activity WHERE backend_type = 'startup'
                                     AND wait_event IN ('RecoveryWalStream', 'RecoveryRetrieveRetryInterval')) THEN 'AWAITS_LOG'
                        ELSE 'BUSY' END AS replay,
                   CASE WHEN pg_is_in_recovery() THEN pg_is_wal_replay_paused() ELSE false END AS paused
            """;

    static PostgresServer of(DatabaseInstance instance) {
        try {
            return new PostgresServer(PostgresUri.parse(instance.connection()));
        } catch (IllegalArgumentException e) {
            throw new DatabaseException(Kind.BAD_CONNECTION, "its connection URI cannot be used: " + e.getMessage());
        }
    }

    /** A session as the service itself would open it. */
    PostgresConnection service(Deadline deadline) {
        return PostgresConnection.open(uri, uri.database(), deadline);
    }

    /** A session beside the service's database. */
    PostgresConnection maintenance(Deadline deadline) {
        return PostgresConnection.open(uri, MAINTENANCE_DATABASE, deadline);
    }

    /** Looks through a maintenance session. */
    DatabaseLook look(PostgresConnection maintenance) {
        return maintenance.one(LOOK, PostgresServer::readLook, uri.database());
    }

    /** Whether the service's database can be fenced at all: the maintenance database must stay open to lift it again. */
    boolean hasDatabaseOfItsOwn() {
        return !List.of(MAINTENANCE_DATABASE, "template0", "template1").contains(uri.database());
    }

    void allowConnections(PostgresConnection maintenance, boolean allowed) {
        maintenance.update("ALTER DATABASE " + quoted(uri.database()) + " ALLOW_CONNECTIONS " + allowed);
    }

    /**
     * Keeps the session's own commits from waiting for a synchronous standby, which may be in the lost region, and its
     * statements from going on after the caller has given up: the server ends them a little before the deadline, so
     * that its answer is heard.
     */
    static void commitAlone(PostgresConnection session, Deadline deadline) {
        session.one(
                "SELECT set_config('synchronous_commit', 'local', false), set_config('statement_timeout', ?, false)",
                row -> row.getString(1),
                statementTimeoutMillis(deadline.remaining()) + "ms");
    }

    private static long statementTimeoutMillis(Duration left) {
        return Math.max(1, left.toMillis() - Math.min(left.toMillis() / 4, FOR_THE_ANSWER.toMillis()));
    }

    private static DatabaseLook readLook(ResultSet row) throws SQLException {
        boolean accepting = row.getBoolean("accepting");
        if (row.wasNull()) {
            return new DatabaseLook.Unreachable("the server has no such database");
        }
        long system = row.getLong("system_identifier");
        long timeline = row.getLong("timeline");
        Lsn position = Lsn.parse(row.getString("position"));
        Lsn replayed = Lsn.parse(row.getString("replayed"));
        return row.getBoolean("standby")
                ? new DatabaseLook.Standby(
                        system,
                        timeline,
                        position,
                        replayed,
                        row.getBoolean("streaming"),
                        DatabaseLook.Replay.valueOf(row.getString("replay")),
                        row.getBoolean("paused"),
                        accepting)
                : new DatabaseLook.Primary(system, timeline, position, replayed, accepting);
    }

    static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }
}
