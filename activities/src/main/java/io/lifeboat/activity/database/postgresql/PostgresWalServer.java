package io.lifeboat.activity.database.postgresql;

import io.lifeboat.activity.database.DatabaseException;
import io.lifeboat.activity.database.DatabaseException.Kind;
import io.lifeboat.activity.database.DatabaseInstance;
import io.lifeboat.activity.database.DatabaseLook;
import io.lifeboat.activity.database.Deadline;
import io.lifeboat.activity.database.Lsn;
import io.lifeboat.activity.wal.WalServer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * PostgreSQL 15 and newer by physical streaming replication. The role needs {@code REPLICATION}, a line for {@code replication} in
 * the server's {@code pg_hba.conf}, and a free slot and sender ({@code max_replication_slots}, {@code max_wal_senders}).
 */
public final class PostgresWalServer implements WalServer {
    private static final String SLOT = """
            SELECT active, restart_lsn::text,
                   CASE WHEN pg_is_in_recovery()
                     THEN coalesce(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn())
                   ELSE pg_current_wal_lsn() END - restart_lsn,
                   coalesce(wal_status, 'reserved'), safe_wal_size
              FROM pg_replication_slots WHERE slot_name = ?
            """;

    @Override
    public Optional<Slot> slot(DatabaseInstance instance, String name, Duration bound) {
        try (PostgresConnection session = PostgresServer.of(instance).maintenance(Deadline.in(bound))) {
            return session.all(SLOT, PostgresWalServer::readSlot, name).stream().findFirst();
        }
    }

    @Override
    public long timeline(DatabaseInstance instance, Duration bound) {
        PostgresServer server = PostgresServer.of(instance);
        try (PostgresConnection session = server.maintenance(Deadline.in(bound))) {
            return switch (server.look(session)) {
                case DatabaseLook.Primary primary -> primary.timeline();
                case DatabaseLook.Standby standby -> standby.timeline();
                case DatabaseLook.Unreachable unreachable ->
                    throw new DatabaseException(Kind.NOT_FOUND, unreachable.detail());
            };
        }
    }

    @Override
    public Session connect(DatabaseInstance instance, Duration bound) {
        return WalReplication.open(PostgresServer.of(instance).uri(), bound);
    }

    private static Slot readSlot(ResultSet row) throws SQLException {
        long safe = row.getLong(5);
        boolean unlimited = row.wasNull();
        return new Slot(
                row.getBoolean(1),
                Optional.ofNullable(row.getString(2)).map(Lsn::parse),
                row.getLong(3),
                row.getString(4),
                unlimited ? Optional.empty() : Optional.of(safe));
    }
}
