package io.lifeboat.lab;

import io.lifeboat.lab.LabState.Region;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A lab's databases, asked as Lifeboat's role. */
final class LabDatabases {

    private LabDatabases() {}

    static String url(Region region, String database) {
        return "jdbc:postgresql://%s:%d/%s?connectTimeout=2&socketTimeout=40"
                .formatted(region.address(), region.databasePort(), database);
    }

    static Connection connect(Lab lab, Region region, String database) throws SQLException {
        return DriverManager.getConnection(
                url(region, database),
                lab.state().credentials().databaseUser(),
                lab.state().credentials().databasePassword());
    }

    static void execute(Lab lab, Region region, String database, String... statements) throws SQLException {
        try (Connection connection = connect(lab, region, database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    static String query(Lab lab, Region region, String database, String sql) {
        try (Connection connection = connect(lab, region, database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : "nothing";
        } catch (SQLException e) {
            return e.getSQLState();
        }
    }
}
