package io.lifeboat.activity.database.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifeboat.activity.database.DatabaseInstance;
import io.lifeboat.activity.database.Eventually;
import io.lifeboat.activity.database.PostgresPair;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Figures of a database whose rows come meanwhile, as {@code pg_restore} brings them. */
class LoadedFiguresIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @AutoClose
    private static PostgresPair pair;

    private DatabaseInstance target;
    private PostgresServer server;

    @BeforeAll
    static void startPrimary() {
        pair = PostgresPair.primaryOnly();
    }

    @BeforeEach
    void createTables() throws SQLException {
        target = pair.newDatabase();
        server = PostgresServer.of(target);
        Dumped.execute(
                pair,
                target,
                "CREATE TABLE first (n int)",
                "CREATE TABLE second (n int)",
                "CREATE TABLE quick (n int)");
    }

    @Test
    void tableIsCountedWhileTheNextOneIsLoaded() throws SQLException {
        try (Connection load = pair.session(target);
                LoadedFigures figures = LoadedFigures.beside(server)) {
            copySlowly(load, "first", 1, 2, 3).endCopy();
            CopyIn second = copySlowly(load, "second", 4);

            Eventually.holds(PATIENCE, () -> figures.counted().contains("public.first"));
            assertThat(figures.counted()).containsExactly("public.first");
            second.endCopy();
            pair.execute(load, "INSERT INTO quick VALUES (5), (6)");

            assertThat(figures.all()).isEqualTo(LoadedFigures.of(server));
            assertThat(figures.all())
                    .extracting(content -> content.name() + " " + content.rows())
                    .containsExactly("public.first 3", "public.quick 2", "public.second 1");
        }
    }

    @Test
    void tableWhoseRowsComeInTwoLotsIsCountedWithBoth() throws SQLException {
        try (Connection load = pair.session(target);
                LoadedFigures figures = LoadedFigures.beside(server)) {
            copySlowly(load, "first", 1, 2, 3).endCopy();
            Eventually.holds(PATIENCE, () -> figures.counted().contains("public.first"));
            copySlowly(load, "first", 4).endCopy();

            assertThat(figures.all()).isEqualTo(LoadedFigures.of(server));
        }
    }

    @Test
    void closingEndsWhatIsBeingCounted() throws SQLException {
        try (Connection load = pair.session(target)) {
            LoadedFigures figures = LoadedFigures.beside(server);
            load.setAutoCommit(false);
            pair.execute(load, "LOCK TABLE first");
            copySlowly(load, "first", 1).endCopy();
            Eventually.holds(PATIENCE, () -> isCounting("wait_event_type = 'Lock'"));

            figures.close();

            assertThat(figures.counted()).isEmpty();
            assertThat(isCounting("true")).isFalse();
        }
    }

    private boolean isCounting(String how) throws SQLException {
        return Dumped.query(pair, target, """
                        SELECT count(*) > 0 FROM pg_stat_activity
                         WHERE datname = current_database() AND query LIKE '%hash_record_extended(ROW%'
                           AND pid <> pg_backend_pid() AND state = 'active' AND\s""" + how).equals("t");
    }

    /** Begins a COPY that is not ended before the server was asked what is under way. */
    private CopyIn copySlowly(Connection load, String table, int... rows) throws SQLException {
        CopyIn copy = load.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY " + table + " FROM STDIN");
        for (int row : rows) {
            byte[] line = (row + "\n").getBytes(StandardCharsets.UTF_8);
            copy.writeToCopy(line, 0, line.length);
        }
        copy.flushCopy();
        String asked = Dumped.query(pair, target, "SELECT now()");
        Eventually.holds(
                PATIENCE, () -> Dumped.query(pair, target, """
                        SELECT count(*) > 0 FROM pg_stat_activity
                         WHERE datname = current_database() AND query LIKE '%pg_stat_progress_copy p%'
                           AND query NOT LIKE '%pg_stat_activity%' -- this question, whose last session may still be ending
                           AND state = 'idle' AND query_start > TIMESTAMPTZ '""" + asked + "'").equals("t"));
        return copy;
    }
}
