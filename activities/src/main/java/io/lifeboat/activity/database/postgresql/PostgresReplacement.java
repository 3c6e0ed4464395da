package io.lifeboat.activity.database.postgresql;

import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.BackupException.Kind;
import io.lifeboat.activity.database.DatabaseInstance;
import io.lifeboat.activity.database.Deadline;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The restored copy of a service's database beside it, and the exchange of the two. Only names change hands, in one transaction, so
 * that nothing is overwritten: the damaged database is there afterwards as it was, under another name, and refuses connections.
 *
 * <p>Everything about it is found again by the run's name, so that each call may be made twice. The role needs {@code CREATEDB} and
 * the ownership of the service's database.
 */
public final class PostgresReplacement {
    private static final Duration CREATING = Duration.ofMinutes(5);
    private static final Duration RENAMING = Duration.ofSeconds(30);

    /** Of an identifier, in bytes ({@code NAMEDATALEN} minus one). */
    private static final int LONGEST_NAME = 63;

    /** Objects of {@code initdb} have lower numbers ({@code FirstNormalObjectId} in PostgreSQL's transam.h). */
    private static final String IS_EMPTY = """
            SELECT NOT EXISTS (SELECT FROM pg_class WHERE oid >= 16384)
               AND NOT EXISTS (SELECT FROM pg_namespace WHERE oid >= 16384)
               AND NOT EXISTS (SELECT FROM pg_proc WHERE oid >= 16384)
               AND NOT EXISTS (SELECT FROM pg_type WHERE oid >= 16384)
               AND NOT EXISTS (SELECT FROM pg_largeobject_metadata)
            """;

    private final DatabaseInstance service;
    private final PostgresServer server;
    private final Names names;
    private final String mark;

    /** The databases that take part. */
    private record Names(String service, String copy, String aside) {
        private static Names of(String database, String run) {
            String token = UUID.nameUUIDFromBytes(run.getBytes(StandardCharsets.UTF_8))
                    .toString()
                    .substring(0, 8);
            return new Names(database, beside(database, "_restored_" + token), beside(database, "_damaged_" + token));
        }

        private static String beside(String database, String suffix) {
            String kept = database;
            while (kept.getBytes(StandardCharsets.UTF_8).length + suffix.length() > LONGEST_NAME) {
                kept = kept.substring(0, kept.offsetByCodePoints(kept.length(), -1));
            }
            return kept + suffix;
        }

        private List<String> all() {
            return List.of(service, copy, aside);
        }
    }

    /** @param run unique name of the run */
    public PostgresReplacement(DatabaseInstance service, String run) {
        this.service = service;
        this.server = PostgresServer.of(service);
        this.names = Names.of(server.uri().database(), run);
        this.mark = "Restored beside \"" + names.service() + "\" by Lifeboat, run " + run;
    }

    /** Name of the database that the copy is restored into. */
    public String copy() {
        return names.copy();
    }

    /** Name the damaged database has once it was set aside. */
    public String aside() {
        return names.aside();
    }

    /** The copy, to be connected to. */
    public DatabaseInstance copyInstance() {
        return new DatabaseInstance(
                service.datastore(),
                service.region(),
                server.uri().to(names.copy()).text());
    }

    /**
     * Makes an empty database like the service's. What an earlier attempt left of the copy goes first.
     *
     * @param atTheEffect runs immediately before the first change and may throw to prevent it
     * @return what of the service's database it does not have, because the role may not make it
     */
    public List<String> create(Runnable atTheEffect) {
        try (PostgresConnection maintenance = maintenance(CREATING)) {
            requireFree(maintenance);
            atTheEffect.run();
            remove(maintenance);
            List<String> refused = new DatabaseTwin(maintenance, names.service()).create(names.copy());
            maintenance.update(comment(names.copy(), Optional.of(mark)));
            return refused;
        }
    }

    /** Removes the copy; does nothing where there is none, where somebody else made it, or where it has taken its place already. */
    public boolean drop(Runnable atTheEffect) {
        try (PostgresConnection maintenance = maintenance(CREATING)) {
            if (!present(maintenance).contains(names.copy()) || !isOurs(maintenance)) {
                return false;
            }
            atTheEffect.run();
            remove(maintenance);
            return true;
        }
    }

    /**
     * Sets the damaged database aside and gives its name to the copy, which refuses connections as the damaged one did.
     *
     * @return whether it was done now; false where it had been
     */
    public boolean exchange(Runnable atTheEffect) {
        try (PostgresConnection maintenance = maintenance(RENAMING)) {
            List<String> present = present(maintenance);
            if (isExchanged(present)) {
                return false;
            }
            requireBeside(maintenance, present);
            atTheEffect.run();
            List<String> statements = new ArrayList<>();
            statements.add(rename(names.service(), names.aside()));
            statements.add(rename(names.copy(), names.service()));
            statements.add("ALTER DATABASE " + PostgresServer.quoted(names.service()) + " ALLOW_CONNECTIONS false");
            statements.add(comment(names.service(), commentOf(maintenance, names.service())));
            statements.add(comment(names.aside(), Optional.of("Set aside as damaged by Lifeboat")));
            PostgresServer.commitAlone(maintenance, Deadline.in(RENAMING));
            maintenance.atomically(statements);
            return true;
        }
    }

    /**
     * Gives the damaged database its name back.
     *
     * @return whether it was done now; false where the two had never been exchanged
     */
    public boolean exchangeBack(Runnable atTheEffect) {
        try (PostgresConnection maintenance = maintenance(RENAMING)) {
            if (!isExchanged(present(maintenance))) {
                return false;
            }
            atTheEffect.run();
            List<String> statements = new ArrayList<>();
            statements.add(comment(names.aside(), commentOf(maintenance, names.service())));
            statements.add(comment(names.service(), Optional.of(mark)));
            statements.add(rename(names.service(), names.copy()));
            statements.add(rename(names.aside(), names.service()));
            PostgresServer.commitAlone(maintenance, Deadline.in(RENAMING));
            maintenance.atomically(statements);
            return true;
        }
    }

    private PostgresConnection maintenance(Duration bound) {
        return server.maintenance(Deadline.in(bound));
    }

    private List<String> present(PostgresConnection maintenance) {
        return maintenance.all(
                "SELECT datname FROM pg_database WHERE datname IN (?, ?, ?) ORDER BY 1",
                row -> row.getString(1),
                names.service(),
                names.copy(),
                names.aside());
    }

    private boolean isExchanged(List<String> present) {
        return present.contains(names.service()) && present.contains(names.aside()) && !present.contains(names.copy());
    }

    private void requireBeside(PostgresConnection maintenance, List<String> present) {
        if (!present.contains(names.service()) || !present.contains(names.copy()) || present.contains(names.aside())) {
            throw refused("put the restored copy in the place of", present);
        }
        if (!commentOf(maintenance, names.copy()).equals(Optional.of(mark))) {
            throw notMade("put the restored copy in the place of");
        }
    }

    private void requireFree(PostgresConnection maintenance) {
        List<String> present = present(maintenance);
        if (!present.contains(names.service()) || present.contains(names.aside())) {
            throw refused("restore beside", present);
        }
        if (present.contains(names.copy()) && !isOurs(maintenance)) {
            throw notMade("restore beside");
        }
    }

    private BackupException notMade(String what) {
        return new BackupException(
                Kind.PRECONDITION,
                "Cannot " + what + " " + service.name() + ": a database \"" + names.copy()
                        + "\" is there that this run has not made. It was left as it is. Rename or drop it, then retry.");
    }

    /** Its comment says so; or it is as an attempt leaves it that was cut off before it could comment: without a word and empty. */
    private boolean isOurs(PostgresConnection maintenance) {
        return commentOf(maintenance, names.copy()).map(mark::equals).orElseGet(this::isEmpty);
    }

    private boolean isEmpty() {
        try (PostgresConnection copy = PostgresServer.of(copyInstance()).service(Deadline.in(RENAMING))) {
            return copy.one(IS_EMPTY, row -> row.getBoolean(1));
        }
    }

    private BackupException refused(String what, List<String> present) {
        return new BackupException(
                Kind.PRECONDITION,
                "Cannot " + what + " " + service.name() + ": of the databases " + names.all() + " there are " + present
                        + ". Nothing was changed. Look at what happened to them, and put the names right by hand.");
    }

    private void remove(PostgresConnection maintenance) {
        maintenance.update("DROP DATABASE IF EXISTS " + PostgresServer.quoted(names.copy()) + " WITH (FORCE)");
    }

    private static String rename(String from, String to) {
        return "ALTER DATABASE " + PostgresServer.quoted(from) + " RENAME TO " + PostgresServer.quoted(to);
    }

    private static Optional<String> commentOf(PostgresConnection maintenance, String database) {
        return maintenance.one(
                "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = ?",
                row -> Optional.ofNullable(row.getString(1)),
                database);
    }

    private static String comment(String database, Optional<String> text) {
        return "COMMENT ON DATABASE " + PostgresServer.quoted(database) + " IS "
                + text.map(t -> "'" + t.replace("'", "''") + "'").orElse("NULL");
    }
}
