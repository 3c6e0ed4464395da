package io.lifeboat.lab.bench.backup;

import io.lifeboat.activity.database.DatabaseInstance;
import io.lifeboat.activity.database.postgresql.PostgresEngine;
import io.lifeboat.lab.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** A cluster that bench/backup/cluster.sh has put up and filled. */
record Cluster(Path programs, Path folder, int port, String password) {
    static final String USER = "bench";
    static final String DATABASE = "bench";
    static final String TARGET = "restored";

    private static final Duration COUNTING = Duration.ofMinutes(2);
    private static final String ROWS = """
            select (select count(*) from pgbench_accounts) + (select count(*) from note) + (select count(*) from picture)
            """;

    DatabaseInstance instance(String database) {
        return instance(port, database);
    }

    /** Of a copy of the whole cluster at another port. */
    DatabaseInstance instance(int at, String database) {
        return new DatabaseInstance(
                "bench-db",
                BenchStore.REGION,
                "postgresql://" + USER + ":" + password + "@127.0.0.1:" + at + "/" + database);
    }

    long pid() throws IOException {
        return Long.parseLong(Files.readAllLines(folder.resolve("data/postmaster.pid"))
                .getFirst()
                .strip());
    }

    /** Before each measurement, so that none pays for another's writes. */
    void settle() {
        execute("checkpoint");
    }

    void dropTarget() {
        execute("drop database if exists " + TARGET + " with (force)");
    }

    void createTarget() {
        dropTarget();
        execute("create database " + TARGET);
    }

    /** Of all tables, of this cluster or of a copy. */
    static long rows(DatabaseInstance database) {
        return new PostgresEngine()
                .scalar(database, ROWS, COUNTING)
                .map(Long::parseLong)
                .orElseThrow();
    }

    private void execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw LabException.failed("Cannot run \"" + sql + "\": " + e.getMessage(), e);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres?connectTimeout=5&socketTimeout=300", USER, password);
    }
}
