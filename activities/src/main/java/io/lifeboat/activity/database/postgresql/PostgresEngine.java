package io.lifeboat.activity.database.postgresql;

import io.lifeboat.activity.database.DatabaseEngine;
import io.lifeboat.activity.database.DatabaseException;
import io.lifeboat.activity.database.DatabaseException.Kind;
import io.lifeboat.activity.database.DatabaseInstance;
import io.lifeboat.activity.database.DatabaseLook;
import io.lifeboat.activity.database.Deadline;
import io.lifeboat.activity.database.EpochRow;
import io.lifeboat.activity.database.FenceProof;
import io.lifeboat.activity.database.Marker;
import io.lifeboat.activity.database.MarkerSession;
import io.lifeboat.activity.database.PromotedDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * PostgreSQL. The role of the connection URI needs: to connect to the maintenance database {@code postgres}; to own the
 * service's database and to end its sessions ({@code pg_signal_backend}; a superuser's sessions need a superuser);
 * {@code EXECUTE} on {@code pg_promote}; {@code pg_read_all_stats}, without which the timeline of a standby is known
 * less exactly, and a standby whose last record is torn is not promoted. The URI leads to the server itself, not to a pooler.
 */
public final class PostgresEngine implements DatabaseEngine {
    @Override
    public DatabaseLook look(DatabaseInstance instance, Duration bound) {
        try {
            PostgresServer server = PostgresServer.of(instance);
            try (PostgresConnection maintenance = server.maintenance(Deadline.in(bound))) {
                return server.look(maintenance);
            }
        } catch (DatabaseException e) {
            return new DatabaseLook.Unreachable(e.getMessage());
        }
    }

    @Override
    public FenceProof fence(DatabaseInstance instance, Runnable atTheEffect, Duration bound) {
        return new PostgresFence(PostgresServer.of(instance), Deadline.in(bound)).put(atTheEffect);
    }

    @Override
    public String lift(DatabaseInstance instance, Runnable atTheEffect, Duration bound) {
        return new PostgresFence(PostgresServer.of(instance), Deadline.in(bound)).lift(atTheEffect);
    }

    @Override
    public PromotedDatabase promote(DatabaseInstance instance, Runnable atTheEffect, Duration bound) {
        return new PostgresPromotion(PostgresServer.of(instance), Deadline.in(bound)).promote(atTheEffect);
    }

    @Override
    public void allowConnections(DatabaseInstance instance, Duration bound) {
        Deadline deadline = Deadline.in(bound);
        PostgresServer server = PostgresServer.of(instance);
        try (PostgresConnection maintenance = server.maintenance(deadline)) {
            new PostgresPromotion(server, deadline).open(maintenance);
        }
    }

    @Override
    public Optional<EpochRow> epoch(DatabaseInstance instance, String service, Duration bound) {
        try (PostgresConnection session = PostgresServer.of(instance).service(Deadline.in(bound))) {
            return session
                    .all(
                            "SELECT number, run, region, receipt FROM lifeboat_recovery.epoch WHERE service = ?",
                            row -> new EpochRow(
                                    service,
                                    row.getLong(1),
                                    row.getString(2),
                                    row.getString(3),
                                    Optional.ofNullable(row.getString(4))),
                            service)
                    .stream()
                    .findFirst();
        } catch (DatabaseException e) {
            if (e.kind() == Kind.NOT_FOUND || e.kind() == Kind.NOT_ACCEPTING) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public boolean claim(DatabaseInstance instance, EpochRow row, Duration bound) {
        try (PostgresConnection session = PostgresServer.of(instance).service(Deadline.in(bound))) {
            PostgresSchema.ensure(session);
            return session.update(
                            """
                            INSERT INTO lifeboat_recovery.epoch AS held (service, number, run, region, receipt)
                            VALUES (?, ?, ?, ?, ?)
                            ON CONFLICT (service) DO UPDATE
                               SET number = excluded.number, run = excluded.run, region = excluded.region,
                                   receipt = excluded.receipt, at = now()
                             WHERE held.number <= excluded.number
                            """,
                            row.service(),
                            row.number(),
                            row.run(),
                            row.region(),
                            row.receipt().orElse(null))
                    == 1;
        }
    }

    @Override
    public MarkerSession openMarkers(DatabaseInstance instance, Duration bound) {
        PostgresConnection session = PostgresServer.of(instance).service(Deadline.in(bound));
        try {
            PostgresSchema.ensure(session);
            return new PostgresMarkerSession(session, bound);
        } catch (DatabaseException e) {
            session.close();
            throw e;
        }
    }

    @Override
    public List<Marker> markers(DatabaseInstance instance, String pulse, long from, Duration bound) {
        try (PostgresConnection session = PostgresServer.of(instance).service(Deadline.in(bound))) {
            return session.all(
                    "SELECT number, at_millis FROM lifeboat_recovery.marker WHERE pulse = ? AND number >= ? ORDER BY number",
                    row -> new Marker(pulse, row.getLong(1), row.getLong(2)),
                    pulse,
                    from);
        } catch (DatabaseException e) {
            if (e.kind() == Kind.NOT_FOUND) {
                return List.of();
            }
            throw e;
        }
    }

    @Override
    public Optional<String> scalar(DatabaseInstance instance, String query, Duration bound) {
        Deadline deadline = Deadline.in(bound);
        try (PostgresConnection session = PostgresServer.of(instance).service(deadline)) {
            session.readOnly();
            PostgresServer.commitAlone(session, deadline);
            return session.all(query, row -> Optional.ofNullable(row.getString(1))).stream()
                    .findFirst()
                    .flatMap(value -> value);
        }
    }
}
