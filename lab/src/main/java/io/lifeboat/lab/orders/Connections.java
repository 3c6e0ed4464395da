package io.lifeboat.lab.orders;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A few connections to one database, opened when needed and thrown away at the first sign of trouble. Nothing is
 * repeated here: a caller whose statement failed does not know whether it was committed, and says so.
 */
final class Connections implements AutoCloseable {

    /** What is done with a connection that commits each statement by itself. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private static final int LARGEST = 8;
    private static final int TIMEOUT_SECONDS = 2;

    private final String url;
    private final Properties settings;
    private final Semaphore free = new Semaphore(LARGEST);
    private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();

    Connections(String host, int port, String database, String user, String password, String application) {
        url = "jdbc:postgresql://" + host + ":" + port + "/" + database;
        settings = new Properties();
        settings.setProperty("user", user);
        settings.setProperty("password", password);
        settings.setProperty("ApplicationName", application);
        // Lifeboat's own schema may bear the user's name, and would come first in the search path.
        settings.setProperty("currentSchema", "public");
        settings.setProperty("connectTimeout", String.valueOf(TIMEOUT_SECONDS));
        settings.setProperty("socketTimeout", String.valueOf(TIMEOUT_SECONDS));
        settings.setProperty("sslmode", "disable");
        settings.setProperty("gssEncMode", "disable");
    }

    <T> T with(Work<T> work) throws SQLException {
        acquire();
        try {
            Connection connection = take();
            try {
                T result = work.on(connection);
                idle.push(connection);
                return result;
            } catch (SQLException e) {
                discard(connection);
                if (isEndOfSession(e)) {
                    discardIdle();
                }
                throw e;
            }
        } finally {
            free.release();
        }
    }

    private void acquire() throws SQLException {
        try {
            if (!free.tryAcquire(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                throw new SQLTransientConnectionException(
                        "all " + LARGEST + " connections were busy for " + TIMEOUT_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLTransientConnectionException("interrupted while waiting for a connection", e);
        }
    }

    private Connection take() throws SQLException {
        @Nullable Connection waiting = idle.poll();
        return waiting != null ? waiting : DriverManager.getConnection(url, settings);
    }

    /** Connection lost (class 08), or ended by the server (57P): the others have met the same fate. */
    private static boolean isEndOfSession(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        return state.startsWith("08") || state.startsWith("57P");
    }

    private void discardIdle() {
        for (@Nullable Connection next = idle.poll(); next != null; next = idle.poll()) {
            discard(next);
        }
    }

    private static void discard(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // It is given up either way, and the error that led here says more.
        }
    }

    @Override
    public void close() {
        discardIdle();
    }
}
