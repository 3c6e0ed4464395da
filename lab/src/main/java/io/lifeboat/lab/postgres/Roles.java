package io.lifeboat.lab.postgres;

import io.lifeboat.lab.LabException;
import io.lifeboat.lab.LabState.Credentials;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The rights Lifeboat works with. It is no superuser: it owns the service's database, may end sessions, promote,
 * replicate, ask for a checkpoint and read statistics.
 */
final class Roles {

    static final String ADMINISTRATOR = "postgres";

    private Roles() {}

    static void create(PostgresSite site, String administrator, Credentials credentials) {
        String role = credentials.databaseUser();
        String promote = "grant execute on function pg_promote(boolean, integer) to " + role;
        // Rights on functions belong to one database; what template1 has, every database made later has too.
        run(
                site,
                "template1",
                administrator,
                List.of(
                        "create role " + role + " login createdb replication password '"
                                + credentials.databasePassword() + "'",
                        "grant pg_signal_backend, pg_monitor, pg_checkpoint to " + role,
                        promote));
        run(
                site,
                Sessions.MAINTENANCE,
                administrator,
                List.of(promote, "create database " + LabPostgres.DATABASE + " owner " + role));
    }

    private static void run(PostgresSite site, String database, String administrator, List<String> statements) {
        try (Connection connection = Sessions.open(site, database, ADMINISTRATOR, administrator);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw LabException.failed(
                    "Cannot set up the roles of PostgreSQL in " + site.name() + ": SQLSTATE " + e.getSQLState()
                            + " in database \"" + database + "\". Look at its log.",
                    e);
        }
    }
}
