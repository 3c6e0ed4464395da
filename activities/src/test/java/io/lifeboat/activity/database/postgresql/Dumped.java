package io.lifeboat.activity.database.postgresql;

import io.lifeboat.activity.backup.BackupTaker.Taken;
import io.lifeboat.activity.database.DatabaseInstance;
import io.lifeboat.activity.database.PostgresPair;
import io.lifeboat.activity.manifest.Manifest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/** What tests of dumps say to a database, and the manifest that the chain would have written. */
final class Dumped {
    private Dumped() {}

    static Manifest manifest(Taken taken) {
        return new Manifest(
                Manifest.SCHEMA_VERSION,
                "orders",
                "orders-db",
                "1",
                "logical",
                taken.began(),
                taken.began(),
                taken.source(),
                taken.tools(),
                "none",
                List.of(),
                List.of(),
                taken.contents(),
                Optional.empty(),
                taken.began());
    }

    static void execute(PostgresPair pair, DatabaseInstance database, String... statements) throws SQLException {
        try (Connection session = pair.session(database)) {
            for (String statement : statements) {
                pair.execute(session, statement);
            }
        }
    }

    static String query(PostgresPair pair, DatabaseInstance database, String sql) throws SQLException {
        try (Connection session = pair.session(database);
                Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
