package io.lifeboat.activity.database;

/** An open connection of a pulse to a primary. Every call fails with {@link DatabaseException} within the session's bound. */
public interface MarkerSession extends AutoCloseable {
    /** Writes a marker; returning means that the database acknowledged the commit with the service's own durability. */
    void write(Marker marker);

    /** Deletes this pulse's markers that are older. */
    void prune(String pulse, long beforeMillis);

    /** The highest number the database holds of this pulse; 0 where there is none. */
    long highest(String pulse);

    @Override
    void close();
}
