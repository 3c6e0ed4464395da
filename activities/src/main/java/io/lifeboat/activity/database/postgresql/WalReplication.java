package io.lifeboat.activity.database.postgresql;

import io.lifeboat.activity.database.DatabaseException;
import io.lifeboat.activity.database.DatabaseException.Kind;
import io.lifeboat.activity.database.Deadline;
import io.lifeboat.activity.database.Lsn;
import io.lifeboat.activity.wal.WalRemovedException;
import io.lifeboat.activity.wal.WalServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyDual;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;

/**
 * A connection to a server's WAL sender. The driver's own replication API is not used: it cannot ask for a timeline the server has
 * left, which is what a promotion leaves to be fetched, and of its own accord it confirms what is not stored yet.
 */
final class WalReplication implements WalServer.Session {
    private static final String SLOT_IN_USE = "55006";
    private static final String FILE_IS_GONE = "58P01";
    private static final String EXISTS_ALREADY = "42710";

    private final Connection connection;

    private WalReplication(Connection connection) {
        this.connection = connection;
    }

    static WalReplication open(PostgresUri uri, Duration bound) {
        Deadline deadline = Deadline.in(bound);
        PGSimpleDataSource source = PostgresConnection.dataSource(uri, uri.database(), deadline);
        source.setReplication("true");
        source.setPreferQueryMode(PreferQueryMode.SIMPLE);
        source.setAssumeMinServerVersion("9.4");
        source.setApplicationName("lifeboat-wal");
        Connection connection = PostgresConnection.connected(source, deadline);
        try {
            connection.setNetworkTimeout(Runnable::run, Math.toIntExact(bound.toMillis()));
            return new WalReplication(connection);
        } catch (SQLException e) {
            PostgresConnection.closeQuietly(connection);
            throw fault(e);
        }
    }

    @Override
    public WalServer.Identity identity() {
        long segmentBytes = one("SHOW wal_segment_size", row -> bytes(row.getString(1)));
        return one(
                "IDENTIFY_SYSTEM",
                row -> new WalServer.Identity(
                        row.getString("systemid"),
                        row.getLong("timeline"),
                        Lsn.parse(row.getString("xlogpos")),
                        segmentBytes));
    }

    @Override
    public byte[] history(long timeline) {
        return one("TIMELINE_HISTORY " + timeline, row -> row.getBytes("content"));
    }

    @Override
    public void createSlot(String name) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE_REPLICATION_SLOT " + name + " PHYSICAL RESERVE_WAL");
        } catch (SQLException e) {
            if (!EXISTS_ALREADY.equals(e.getSQLState())) {
                throw fault(e);
            }
        }
    }

    @Override
    public WalServer.Stream stream(String slot, long timeline, Lsn from) {
        try {
            @Nullable
            CopyDual copy = new CopyManager(connection.unwrap(BaseConnection.class))
                    .copyDual("START_REPLICATION SLOT " + slot + " PHYSICAL " + from + " TIMELINE " + timeline);
            if (copy == null) {
                throw new DatabaseException(Kind.REFUSED, "the server began to send nothing");
            }
            return new WalStream(copy, from);
        } catch (SQLException e) {
            throw fault(e);
        }
    }

    @Override
    public void close() {
        PostgresConnection.closeQuietly(connection);
    }

    private <T> T one(String command, PostgresConnection.Row<T> row) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(command)) {
            if (!rows.next()) {
                throw new DatabaseException(Kind.REFUSED, "the server's WAL sender does not answer " + command);
            }
            return row.read(rows);
        } catch (SQLException e) {
            throw fault(e);
        }
    }

    /** What a WAL sender's refusals mean. */
    static RuntimeException fault(SQLException e) {
        if (SLOT_IN_USE.equals(e.getSQLState())) {
            return new DatabaseException(Kind.BUSY, "another worker receives, the replication slot is in use");
        }
        return FILE_IS_GONE.equals(e.getSQLState()) ? new WalRemovedException() : SqlFault.inStatement(e);
    }

    /** A setting such as {@code 16MB}. */
    private static long bytes(String setting) {
        String unit = setting.replaceFirst("^\\d+", "").toUpperCase(Locale.ROOT);
        long number = Long.parseLong(setting.substring(0, setting.length() - unit.length()));
        return switch (unit) {
            case "GB" -> number << 30;
            case "MB" -> number << 20;
            case "KB" -> number << 10;
            default -> number;
        };
    }
}
