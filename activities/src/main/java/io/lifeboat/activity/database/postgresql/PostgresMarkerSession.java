package io.lifeboat.activity.database.postgresql;

import io.lifeboat.activity.database.Deadline;
import io.lifeboat.activity.database.Marker;
import io.lifeboat.activity.database.MarkerSession;
import java.time.Duration;

/** A pulse's session; each call has the session's bound anew. */
final class PostgresMarkerSession implements MarkerSession {
    private final PostgresConnection session;
    private final Duration bound;

    PostgresMarkerSession(PostgresConnection session, Duration bound) {
        this.session = session;
        this.bound = bound;
    }

    @Override
    public void write(Marker marker) {
        session.within(Deadline.in(bound));
        session.update(
                "INSERT INTO lifeboat_recovery.marker (pulse, number, at_millis) VALUES (?, ?, ?)",
                marker.pulse(),
                marker.number(),
                marker.atMillis());
    }

    @Override
    public void prune(String pulse, long beforeMillis) {
        session.within(Deadline.in(bound));
        session.update("DELETE FROM lifeboat_recovery.marker WHERE pulse = ? AND at_millis < ?", pulse, beforeMillis);
    }

    @Override
    public long highest(String pulse) {
        session.within(Deadline.in(bound));
        return session.one(
                "SELECT coalesce(max(number), 0) FROM lifeboat_recovery.marker WHERE pulse = ?",
                row -> row.getLong(1),
                pulse);
    }

    @Override
    public void close() {
        session.close();
    }
}
