package io.lifeboat.lab.fault;

import io.lifeboat.lab.LabState;
import io.lifeboat.lab.postgres.LabPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;

/** The service's database, asked past Lifeboat. */
record OrdersDatabase(LabState lab) {
    /** Orders that were there at a moment; newer ones may have come meanwhile. */
    record Known(Instant moment, long upTo, String figures) {}

    /** Remembers what there is, as of a moment that lies after it. */
    Known known() {
        long upTo = Long.parseLong(ask("select max(id) - 50 from orders"));
        String figures = figures(upTo);
        return new Known(
                Instant.parse(ask(
                        "select to_char(clock_timestamp() at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')")),
                upTo,
                figures);
    }

    /** Number and content of the orders up to one of them. */
    String figures(long upTo) {
        return ask("select count(*) || ' ' || md5(string_agg(id || key::text || item || quantity, ',' order by id))"
                + " from orders where id <= " + upTo);
    }

    String ask(String query) {
        LabState.Region region = lab.primary();
        LabState.Credentials credentials = lab.credentials();
        String url = "jdbc:postgresql://%s:%d/%s?connectTimeout=5&socketTimeout=30"
                .formatted(region.address(), region.databasePort(), LabPostgres.DATABASE);
        try (Connection session =
                        DriverManager.getConnection(url, credentials.databaseUser(), credentials.databasePassword());
                Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        } catch (SQLException e) {
            throw new AssertionError("cannot ask the orders database: " + query, e);
        }
    }
}
