package io.lifeboat.activity.database;

/**
 * A database could not be asked or did not do what it was asked. The message is in our own words and holds no secret; the
 * driver's exception is not kept as the cause, because its message may.
 */
public final class DatabaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What kind of trouble it is, as far as a caller has to tell them apart. */
    public enum Kind {
        /** No connection, or it broke: whatever was under way has an unknown outcome. */
        UNREACHABLE,
        /** The server answered that this database accepts no connections: its fence is up. */
        NOT_ACCEPTING,
        /** The server does not know this role, password or right. */
        NOT_ALLOWED,
        /** The server is a standby or the transaction is read-only. */
        READ_ONLY,
        /** Somebody else is at the same work. */
        BUSY,
        /** The relation asked for does not exist. */
        NOT_FOUND,
        /** The connection URI of the instance cannot be used. */
        BAD_CONNECTION,
        /** Anything else the server refused. */
        REFUSED
    }

    private final Kind kind;
    private final String said;

    public DatabaseException(Kind kind, String message) {
        super(message);
        this.kind = kind;
        this.said = message;
    }

    @Override
    public String getMessage() {
        return said;
    }

    public Kind kind() {
        return kind;
    }
}
