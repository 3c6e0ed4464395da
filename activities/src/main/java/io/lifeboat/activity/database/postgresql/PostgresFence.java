package io.lifeboat.activity.database.postgresql;

import io.lifeboat.activity.database.DatabaseException;
import io.lifeboat.activity.database.DatabaseException.Kind;
import io.lifeboat.activity.database.DatabaseLook;
import io.lifeboat.activity.database.Deadline;
import io.lifeboat.activity.database.FenceProof;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;

/**
 * {@code ALLOW_CONNECTIONS false}, the end of every session, and the proof. It holds for superusers too, which
 * {@code default_transaction_read_only} and revoked rights do not. It does not keep out a person who lifts it through
 * another database of the server, nor autovacuum, which changes no row's value.
 */
final class PostgresFence {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

    /** Kept back so that what is still open can be said before the connection's own bound ends the conversation. */
    private static final Duration LAST_WORDS = Duration.ofMillis(200);

    // Ending a superuser's session is an error for others, and would spare every session after it.
    private static final String END_SESSIONS = """
            SELECT count(*) FILTER (WHERE pg_terminate_backend(pid)) FROM pg_stat_activity
             WHERE datname = ? AND pid <> pg_backend_pid() AND backend_type <> 'autovacuum worker'
               AND (usesysid IS NULL
                    OR usesysid NOT IN (SELECT oid FROM pg_roles WHERE rolsuper)
                    OR (SELECT rolsuper FROM pg_roles WHERE rolname = current_user))
            """;

    // A session that passed the check just before the fence holds this lock until pg_stat_activity shows its database.
    private static final String SESSIONS_BEING_OPENED = """
            SELECT count(*) FROM pg_locks
             WHERE locktype = 'object' AND classid = 'pg_database'::regclass AND pid <> pg_backend_pid()
               AND objid = (SELECT oid FROM pg_database WHERE datname = ?)
            """;

    private static final String SESSIONS = """
            SELECT coalesce(usename, backend_type) FROM pg_stat_activity
             WHERE datname = ? AND pid <> pg_backend_pid() AND backend_type <> 'autovacuum worker'
            """;

    private static final String PREPARED = "SELECT count(*) FROM pg_prepared_xacts WHERE database = ?";

    private final PostgresServer server;
    private final Deadline deadline;

    PostgresFence(PostgresServer server, Deadline deadline) {
        this.server = server;
        this.deadline = deadline;
    }

    FenceProof put(Runnable atTheEffect) {
        if (!server.hasDatabaseOfItsOwn()) {
            return FenceProof.missing("the service lives in the maintenance database, which has to stay open");
        }
        try (PostgresConnection maintenance = server.maintenance(deadline)) {
            return switch (server.look(maintenance)) {
                case DatabaseLook.Unreachable unreachable -> FenceProof.missing(unreachable.detail());
                case DatabaseLook.Standby standby ->
                    FenceProof.missing("it is a standby and accepts no write now, but anybody may promote it ("
                            + standby.detail() + ")");
                case DatabaseLook.Primary primary -> close(maintenance, primary, atTheEffect);
            };
        } catch (DatabaseException e) {
            return FenceProof.missing(unproven(e));
        }
    }

    private FenceProof close(PostgresConnection maintenance, DatabaseLook.Primary primary, Runnable atTheEffect) {
        atTheEffect.run();
        PostgresServer.commitAlone(maintenance, deadline);
        if (primary.accepting()) {
            server.allowConnections(maintenance, false);
        }
        String database = server.uri().database();
        int ended = 0;
        while (true) {
            ended += count(maintenance, END_SESSIONS, database);
            // In this order: whoever holds no lock any more is visible as a session, or was refused.
            int opening = count(maintenance, SESSIONS_BEING_OPENED, database);
            List<String> open = maintenance.all(SESSIONS, row -> row.getString(1), database);
            if (opening == 0 && open.isEmpty()) {
                return prove(ended, count(maintenance, PREPARED, database));
            }
            if (deadline.remaining().compareTo(LAST_WORDS) < 0) {
                return FenceProof.missing(
                        "it refuses new sessions, but some are open still and were not ended in time: " + open.size()
                                + " of " + new TreeSet<>(open) + ", " + opening + " being opened");
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }

    /** Connects exactly as the service does: only the one refusal that names the fence is a proof. */
    private FenceProof prove(int ended, int prepared) {
        try (PostgresConnection intruder = server.service(deadline)) {
            intruder.update("SELECT 1");
            return FenceProof.missing("the service's own connection was still let in");
        } catch (DatabaseException e) {
            return e.kind() == Kind.NOT_ACCEPTING
                    ? new FenceProof(
                            true,
                            "no session is left and the service's own connection is refused with SQLState 55000",
                            ended,
                            prepared)
                    : FenceProof.missing(unproven(e));
        }
    }

    /** Lets sessions in again and returns what was seen. */
    String lift(Runnable atTheEffect) {
        try (PostgresConnection maintenance = server.maintenance(deadline)) {
            return switch (server.look(maintenance)) {
                case DatabaseLook.Unreachable unreachable ->
                    throw new DatabaseException(Kind.NOT_FOUND, unreachable.detail());
                case DatabaseLook.Standby standby -> "is a standby, which carries no fence of its own";
                case DatabaseLook.Primary primary when primary.accepting() -> "accepts connections, no fence was up";
                case DatabaseLook.Primary primary -> {
                    atTheEffect.run();
                    PostgresServer.commitAlone(maintenance, deadline);
                    server.allowConnections(maintenance, true);
                    yield "accepts connections again";
                }
            };
        }
    }

    private static int count(PostgresConnection session, String sql, String database) {
        return session.one(sql, row -> row.getInt(1), database);
    }

    private static String unproven(DatabaseException e) {
        return e.kind() == Kind.UNREACHABLE
                ? e.getMessage() + ", which is no proof: it may run where Lifeboat cannot see it"
                : e.getMessage();
    }
}
