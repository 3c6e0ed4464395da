package io.lifeboat.activity.database.postgresql;

import io.lifeboat.activity.database.DatabaseException;
import io.lifeboat.activity.database.DatabaseException.Kind;
import io.lifeboat.activity.database.Deadline;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** A session with every call bounded by one deadline, whose failures are {@link DatabaseException}s in our own words. */
final class PostgresConnection implements AutoCloseable {
    private final Connection connection;
    private volatile @Nullable Statement last;
    private Deadline deadline;

    private PostgresConnection(Connection connection, Deadline deadline) {
        this.connection = connection;
        this.deadline = deadline;
    }

    /** Reads one row. */
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Connects to a database of the server the URI names. */
    static PostgresConnection open(PostgresUri uri, String database, Deadline deadline) {
        return new PostgresConnection(connected(dataSource(uri, database, deadline), deadline), deadline);
    }

    /** The driver's own connection, for what is not SQL. */
    static Connection connected(PGSimpleDataSource source, Deadline deadline) {
        CompletableFuture<Connection> connecting = new CompletableFuture<>();
        // The driver's own bounds are whole seconds; the caller's is exact, and a connection that comes too late is
        // closed.
        Thread.ofVirtual().name("connect-" + source.getServerNames()[0]).start(() -> connect(source, connecting));
        try {
            return connecting.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            closeWhenItComes(connecting);
            throw new DatabaseException(Kind.UNREACHABLE, "no answer in time");
        } catch (InterruptedException e) {
            closeWhenItComes(connecting);
            Thread.currentThread().interrupt();
            throw new DatabaseException(Kind.UNREACHABLE, "interrupted while connecting");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof SQLException sql
                    ? SqlFault.whileConnecting(sql)
                    : new DatabaseException(Kind.BAD_CONNECTION, "the driver cannot use its connection settings");
        }
    }

    private static void connect(PGSimpleDataSource source, CompletableFuture<Connection> connecting) {
        try {
            Connection connection = source.getConnection();
            if (!connecting.complete(connection)) {
                connection.close();
            }
        } catch (SQLException | RuntimeException e) {
            connecting.completeExceptionally(e);
        }
    }

    private static void closeWhenItComes(CompletableFuture<Connection> connecting) {
        if (!connecting.cancel(false) && !connecting.isCompletedExceptionally()) {
            closeQuietly(connecting.join());
        }
    }

    /** Every setting of a session but what it is for. */
    static PGSimpleDataSource dataSource(PostgresUri uri, String database, Deadline deadline) {
        int seconds = Math.toIntExact(deadline.remaining().toSeconds() + 1);
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {uri.host()});
        source.setPortNumbers(new int[] {uri.port()});
        source.setDatabaseName(database);
        source.setUser(uri.user());
        source.setPassword(uri.password());
        source.setConnectTimeout(seconds);
        source.setSocketTimeout(seconds);
        source.setLoginTimeout(seconds);
        source.setTcpKeepAlive(true);
        source.setApplicationName("lifeboat");
        source.setLogServerErrorDetail(false);
        Optional.ofNullable(uri.tls().get("sslmode")).ifPresent(source::setSslMode);
        Optional.ofNullable(uri.tls().get("sslrootcert")).ifPresent(source::setSslRootCert);
        Optional.ofNullable(uri.tls().get("sslcert")).ifPresent(source::setSslCert);
        Optional.ofNullable(uri.tls().get("sslkey")).ifPresent(source::setSslKey);
        return source;
    }

    /** Gives the following calls a new bound, for a session that outlives one piece of work. */
    void within(Deadline next) {
        deadline = next;
    }

    /** All rows of a query. */
    <T> List<T> all(String sql, Row<T> row, Object... parameters) {
        try (PreparedStatement statement = prepare(sql, parameters);
                ResultSet rows = statement.executeQuery()) {
            List<T> result = new ArrayList<>();
            while (rows.next()) {
                result.add(row.read(rows));
            }
            return result;
        } catch (SQLException e) {
            throw SqlFault.inStatement(e);
        }
    }

    /** The one row of a query that always has one. */
    <T> T one(String sql, Row<T> row, Object... parameters) {
        return all(sql, row, parameters).getFirst();
    }

    /** Rows changed; 0 for a statement that changes none. */
    int update(String sql, @Nullable Object... parameters) {
        try (PreparedStatement statement = prepare(sql, parameters)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw SqlFault.inStatement(e);
        }
    }

    /** Carries out SQL of several statements as it stands. */
    void script(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        } catch (SQLException e) {
            throw SqlFault.inStatement(e);
        }
    }

    /** Carries out statements in one transaction: all of them, or none. */
    void atomically(List<String> statements) {
        try {
            connection.setAutoCommit(false);
            try {
                statements.forEach(this::update);
                connection.commit();
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw SqlFault.inStatement(e);
        }
    }

    /** Makes every following statement part of one read-only transaction, which the end of the session rolls back. */
    void readOnly() {
        try {
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            throw SqlFault.inStatement(e);
        }
    }

    /** Lets every following statement see one state of the database, until the session ends. */
    void repeatableRead() {
        try {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        } catch (SQLException e) {
            throw SqlFault.inStatement(e);
        }
        readOnly();
    }

    /** Lets the server end what another thread has it do now, and fails there; nothing happens where it does nothing. */
    void cancel() {
        try {
            Statement statement = last;
            if (statement != null) {
                statement.cancel();
            }
        } catch (SQLException e) {
            throw SqlFault.inStatement(e);
        }
    }

    private PreparedStatement prepare(String sql, @Nullable Object... parameters) throws SQLException {
        connection.setNetworkTimeout(
                Runnable::run, Math.toIntExact(Math.max(1, deadline.remaining().toMillis())));
        PreparedStatement statement = connection.prepareStatement(sql);
        last = statement;
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }

    @Override
    public void close() {
        closeQuietly(connection);
    }

    @SuppressWarnings("EmptyCatch") // a session that cannot say goodbye is gone all the same
    static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
        }
    }
}
