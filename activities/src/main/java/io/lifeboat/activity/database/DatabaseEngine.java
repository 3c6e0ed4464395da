package io.lifeboat.activity.database;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What Lifeboat asks of one kind of database. Every call takes the bound within which it answers; except for {@link #look}
 * it fails with {@link DatabaseException}. {@code atTheEffect} runs immediately before the first change and may throw to
 * prevent it.
 */
public interface DatabaseEngine {
    /** Looks without changing anything. Never fails: what cannot be asked is {@link DatabaseLook.Unreachable}. */
    DatabaseLook look(DatabaseInstance instance, Duration bound);

    /**
     * Refuses new sessions, ends the old ones and proves it by connecting as the service would. Only a primary can be
     * fenced; whatever cannot be proven is in the answer.
     */
    FenceProof fence(DatabaseInstance instance, Runnable atTheEffect, Duration bound);

    /** Lets sessions in again; tolerates that no fence is up. Returns what was seen. */
    String lift(DatabaseInstance instance, Runnable atTheEffect, Duration bound);

    /**
     * Promotes a standby under a lock that only one caller can hold, waits until it is out of recovery and lets sessions in
     * if the old primary's fence was replicated to it. {@code BUSY} promises that nothing was done.
     */
    PromotedDatabase promote(DatabaseInstance instance, Runnable atTheEffect, Duration bound);

    /** Lets sessions in where a replicated fence keeps them out of a database that is primary already. */
    void allowConnections(DatabaseInstance instance, Duration bound);

    /** The newest promotion this database knows of; empty where none was recorded or the database accepts no connections. */
    Optional<EpochRow> epoch(DatabaseInstance instance, String service, Duration bound);

    /** Records a promotion with a real write; false, and no write, where a newer epoch is on record. */
    boolean claim(DatabaseInstance instance, EpochRow row, Duration bound);

    /** Opens a session for a pulse on a primary, creating the marker table where it is missing. */
    MarkerSession openMarkers(DatabaseInstance instance, Duration bound);

    /** Markers the database holds of one pulse from a number on, ascending; readable on a standby too. */
    List<Marker> markers(DatabaseInstance instance, String pulse, long from, Duration bound);

    /** The first column of the first row, as text, in a read-only transaction; empty where there is no row or it is null. */
    Optional<String> scalar(DatabaseInstance instance, String query, Duration bound);
}
