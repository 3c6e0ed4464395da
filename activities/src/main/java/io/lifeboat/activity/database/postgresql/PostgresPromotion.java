package io.lifeboat.activity.database.postgresql;

import io.lifeboat.activity.database.DatabaseException;
import io.lifeboat.activity.database.DatabaseException.Kind;
import io.lifeboat.activity.database.DatabaseLook;
import io.lifeboat.activity.database.Deadline;
import io.lifeboat.activity.database.PromotedDatabase;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** {@code pg_promote}, under a lock of the server, and the way out of recovery. */
final class PostgresPromotion {
    /** Held by whoever promotes this server; advisory locks work in recovery, and a session keeps them through promotion. */
    private static final long LOCK = 0x6C69_6665_626F_6174L;

    /** {@code pg_promote(true)} looks only ten times a second. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(5);

    private final PostgresServer server;
    private final Deadline deadline;

    PostgresPromotion(PostgresServer server, Deadline deadline) {
        this.server = server;
        this.deadline = deadline;
    }

    PromotedDatabase promote(Runnable atTheEffect) {
        try (PostgresConnection maintenance = server.maintenance(deadline)) {
            if (!maintenance.one("SELECT pg_try_advisory_lock(?)", row -> row.getBoolean(1), LOCK)) {
                throw new DatabaseException(Kind.BUSY, "another worker is promoting it at this moment");
            }
            if (!(server.look(maintenance) instanceof DatabaseLook.Standby standby)) {
                throw new DatabaseException(Kind.BUSY, "it has ceased to be a standby meanwhile");
            }
            atTheEffect.run();
            maintenance.one("SELECT pg_promote(false)", row -> row.getBoolean(1));
            DatabaseLook.Primary primary = awaitPrimary(maintenance);
            boolean closed = !primary.accepting();
            if (closed) {
                open(maintenance);
            }
            return new PromotedDatabase(standby.timeline(), primary.timeline(), primary.begins(), closed);
        }
    }

    /** Lifts a fence that came from the old primary: which databases accept connections is itself replicated. */
    void open(PostgresConnection maintenance) {
        PostgresServer.commitAlone(maintenance, deadline);
        server.allowConnections(maintenance, true);
    }

    private DatabaseLook.Primary awaitPrimary(PostgresConnection maintenance) {
        while (maintenance.one("SELECT pg_is_in_recovery()", row -> row.getBoolean(1))) {
            if (deadline.isOver()) {
                throw new DatabaseException(Kind.UNREACHABLE, "it was told to promote and is still in recovery");
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
        if (server.look(maintenance) instanceof DatabaseLook.Primary primary) {
            return primary;
        }
        throw new DatabaseException(Kind.REFUSED, "it left recovery and is no primary");
    }
}
