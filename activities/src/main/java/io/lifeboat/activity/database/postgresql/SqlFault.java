package io.lifeboat.activity.database.postgresql;

import io.lifeboat.activity.database.DatabaseException;
import io.lifeboat.activity.database.DatabaseException.Kind;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Says in our own words what the driver's exception says in words that may hold a password or a row. */
final class SqlFault {
    private static final String NOT_ACCEPTING_CONNECTIONS = "55000";

    private SqlFault() {}

    static DatabaseException whileConnecting(SQLException e) {
        if (NOT_ACCEPTING_CONNECTIONS.equals(e.getSQLState())) {
            return new DatabaseException(
                    Kind.NOT_ACCEPTING, "the database is not accepting connections (SQLState 55000)");
        }
        return inStatement(e);
    }

    static DatabaseException inStatement(SQLException e) {
        String state = e.getSQLState();
        if (state == null || state.startsWith("08")) {
            return new DatabaseException(Kind.UNREACHABLE, network(e) + state(state));
        }
        return new DatabaseException(kind(state), words(state) + state(state));
    }

    private static Kind kind(String state) {
        return switch (state) {
            case "57P01", "57P02", "57P03", "57014", "53300" -> Kind.UNREACHABLE;
            case "25006" -> Kind.READ_ONLY;
            case "55006" -> Kind.BUSY;
            case "42P01", "3F000", "3D000" -> Kind.NOT_FOUND;
            case "42501" -> Kind.NOT_ALLOWED;
            default -> state.startsWith("28") ? Kind.NOT_ALLOWED : Kind.REFUSED;
        };
    }

    private static String words(String state) {
        return switch (state) {
            case "57P01", "57P02" -> "the server ended the session";
            case "57P03" -> "the server is starting up or shutting down";
            case "57014" -> "the server cancelled the statement for taking too long";
            case "53300" -> "the server has no connection slot left";
            case "55006" -> "somebody is connected to the database";
            case "25006" -> "the server accepts no write: it is a standby, or default_transaction_read_only is set";
            case "42P01", "3F000" -> "the relation does not exist";
            case "3D000" -> "the server has no such database";
            case "42501" -> "the role lacks a right this needs";
            default ->
                state.startsWith("28")
                        ? "the server does not accept the role or its password"
                        : "the server refused the statement";
        };
    }

    private static String network(SQLException e) {
        for (@Nullable Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof SocketTimeoutException) {
                return "no answer in time";
            }
            if (t instanceof UnknownHostException) {
                return "its host name does not resolve";
            }
            if (t instanceof NoRouteToHostException) {
                return "no route to its host";
            }
            if (t instanceof ConnectException) {
                return "connection refused";
            }
        }
        return "the connection failed or broke";
    }

    private static String state(@Nullable String state) {
        return " (SQLState " + (state == null ? "none" : state) + ")";
    }
}
