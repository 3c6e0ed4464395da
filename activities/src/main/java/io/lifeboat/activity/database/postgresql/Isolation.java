package io.lifeboat.activity.database.postgresql;

import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.BackupException.Kind;
import io.lifeboat.activity.database.Deadline;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Asks a server whether it is the sandbox it ought to be, and nothing of production's. */
final class Isolation {
    private static final Duration ASKING = Duration.ofSeconds(10);

    private static final String SETTINGS =
            "SELECT name, setting FROM pg_settings WHERE name = ANY (string_to_array(?, ','))";

    private static final String CONNECTED = """
            SELECT (SELECT count(*) FROM pg_stat_wal_receiver) + (SELECT count(*) FROM pg_stat_replication)
                 + (SELECT count(*) FROM pg_stat_subscription WHERE pid IS NOT NULL)
            """;

    private Isolation() {}

    /** Refuses a server that is not the one of this data folder, or not cut off, or does not accept writes. */
    static void check(PostgresUri uri, Path data) {
        InetSocketAddress listen = new InetSocketAddress(uri.host(), uri.port());
        Map<String, String> expected = SandboxSettings.isolation(listen, data);
        try (PostgresConnection session = PostgresConnection.open(uri, uri.database(), Deadline.in(ASKING))) {
            Map<String, String> seen = settings(session, expected);
            expected.forEach((name, value) -> {
                if (!value.equals(seen.get(name))) {
                    throw refused(
                            uri, "its \"" + name + "\" is \"" + seen.get(name) + "\" instead of \"" + value + "\"");
                }
            });
            long connected = session.one(CONNECTED, row -> row.getLong(1));
            if (connected > 0) {
                throw refused(uri, "it replicates");
            }
            session.one("SELECT pg_current_xact_id()::text", row -> row.getString(1));
        }
    }

    private static Map<String, String> settings(PostgresConnection session, Map<String, String> asked) {
        List<Map.Entry<String, String>> rows = session.all(
                SETTINGS, row -> Map.entry(row.getString(1), row.getString(2)), String.join(",", asked.keySet()));
        Map<String, String> settings = new HashMap<>();
        rows.forEach(row -> settings.put(row.getKey(), row.getValue()));
        return settings;
    }

    private static BackupException refused(PostgresUri uri, String why) {
        return new BackupException(
                Kind.PRECONDITION,
                "Will not use the server at " + uri.host() + ":" + uri.port() + " as a sandbox: " + why
                        + ". It may be another server; nothing was changed in it.");
    }
}
