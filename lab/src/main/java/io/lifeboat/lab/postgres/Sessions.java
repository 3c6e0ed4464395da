package io.lifeboat.lab.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** Bounded sessions with one cluster. */
final class Sessions {

    /** The database that exists in every cluster and that no fence closes. */
    static final String MAINTENANCE = "postgres";

    private Sessions() {}

    static Connection open(PostgresSite site, String database, String role, String password) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", role);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("loginTimeout", "2");
        properties.setProperty("socketTimeout", "10");
        properties.setProperty("ApplicationName", "lifeboat-lab");
        return DriverManager.getConnection(site.url(database), properties);
    }

    /** Whether the cluster answers the question, and with yes. */
    static boolean isTrue(PostgresSite site, String role, String password, String question) {
        try (Connection connection = open(site, MAINTENANCE, role, password);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            return row.next() && row.getBoolean(1);
        } catch (SQLException noAnswer) {
            return false;
        }
    }
}
