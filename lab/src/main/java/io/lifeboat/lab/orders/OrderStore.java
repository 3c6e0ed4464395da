package io.lifeboat.lab.orders;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The orders of one region's database. Each statement is its own transaction, and returns only after the server reported
 * the commit: the driver waits for the end of the transaction, not only for the rows.
 */
final class OrderStore {

    private static final String TABLES = """
            create table if not exists orders (
                id bigint generated always as identity primary key,
                key uuid not null unique,
                item text not null,
                quantity integer not null check (quantity > 0),
                placed_at timestamptz not null default now(),
                fulfilled_at timestamptz);
            create index if not exists orders_open on orders (id) where fulfilled_at is null;
            create table if not exists orders_health (
                region text primary key,
                written_at timestamptz not null);
            """;

    /** What became of a wish to place an order. */
    record Placed(long id, boolean isNew) {}

    private final Connections connections;
    private volatile boolean tablesExist;

    OrderStore(Connections connections) {
        this.connections = connections;
    }

    /** Places an order once, however often it is asked to. */
    Placed place(UUID key, String item, int quantity) throws SQLException {
        createTables();
        return connections.with(connection -> {
            Optional<Long> inserted = insert(connection, key, item, quantity);
            return inserted.isPresent() ? new Placed(inserted.get(), true) : new Placed(idOf(connection, key), false);
        });
    }

    private static Optional<Long> insert(Connection connection, UUID key, String item, int quantity)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into orders (key, item, quantity) values (?, ?, ?) on conflict (key) do nothing returning id")) {
            insert.setObject(1, key);
            insert.setString(2, item);
            insert.setInt(3, quantity);
            try (ResultSet row = insert.executeQuery()) {
                return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
            }
        }
    }

    private static long idOf(Connection connection, UUID key) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select id from orders where key = ?")) {
            select.setObject(1, key);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    Optional<Order> latest() throws SQLException {
        return connections.with(connection -> {
            try (Statement select = connection.createStatement();
                    ResultSet row = select.executeQuery("select id, key, item, quantity, fulfilled_at is not null"
                            + " from orders order by id desc limit 1")) {
                return row.next()
                        ? Optional.of(new Order(
                                row.getLong(1),
                                row.getObject(2, UUID.class),
                                row.getString(3),
                                row.getInt(4),
                                row.getBoolean(5)))
                        : Optional.empty();
            }
        });
    }

    /** Those of {@code keys} that belong to an order. */
    List<UUID> present(List<UUID> keys) throws SQLException {
        return connections.with(connection -> {
            try (PreparedStatement select = connection.prepareStatement("select key from orders where key = any (?)")) {
                select.setArray(1, connection.createArrayOf("uuid", keys.toArray()));
                List<UUID> present = new ArrayList<>();
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        present.add(row.getObject(1, UUID.class));
                    }
                }
                return present;
            }
        });
    }

    /** Marks the oldest open orders fulfilled, at most {@code batch}; returns how many. */
    int fulfil(int batch) throws SQLException {
        createTables();
        return connections.with(connection -> {
            try (PreparedStatement update = connection.prepareStatement("""
                    update orders set fulfilled_at = now() where id in (
                        select id from orders where fulfilled_at is null order by id limit ? for update skip locked)
                    """)) {
                update.setInt(1, batch);
                return update.executeUpdate();
            }
        });
    }

    /** Writes, because only a write shows that the database accepts writes. */
    void write(String region) throws SQLException {
        createTables();
        connections.with(connection -> {
            try (PreparedStatement upsert = connection.prepareStatement("""
                    insert into orders_health (region, written_at) values (?, now())
                    on conflict (region) do update set written_at = excluded.written_at
                    """)) {
                upsert.setString(1, region);
                return upsert.executeUpdate();
            }
        });
    }

    /**
     * "If not exists" alone does not save two processes that create the same table at the same moment from an error: they
     * queue for a lock first.
     */
    private void createTables() throws SQLException {
        if (tablesExist) {
            return;
        }
        connections.with(connection -> {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("select pg_advisory_xact_lock(hashtext('orders tables'))");
                statement.execute(TABLES);
                connection.commit();
            }
            connection.setAutoCommit(true);
            return true;
        });
        tablesExist = true;
    }
}
