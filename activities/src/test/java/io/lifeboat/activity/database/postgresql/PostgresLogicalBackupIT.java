package io.lifeboat.activity.database.postgresql;

import static io.lifeboat.activity.database.PostgresPair.CANARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.BackupException.Kind;
import io.lifeboat.activity.backup.BackupTaker.Taken;
import io.lifeboat.activity.database.DatabaseInstance;
import io.lifeboat.activity.database.Eventually;
import io.lifeboat.activity.database.PostgresPair;
import io.lifeboat.activity.database.PostgresRelease;
import io.lifeboat.activity.manifest.Manifest.Content;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logical backups of a real PostgreSQL. */
@ParameterizedClass(name = "{0}")
@EnumSource(PostgresRelease.class)
class PostgresLogicalBackupIT {
    private static final String WAITING_DUMP = "application_name = 'lifeboat pg_dump' AND wait_event_type = 'Lock'";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The common pool has one thread on two processors, for all tests that run at a time. */
    private static final Executor IN_A_THREAD = task -> Thread.ofPlatform().start(task);

    private static PostgresPair pair;

    private final PostgresLogicalBackup engine;
    private final PartsInMemory parts = new PartsInMemory();
    private DatabaseInstance source;
    private DatabaseInstance target;

    PostgresLogicalBackupIT(PostgresRelease release) {
        engine = new PostgresLogicalBackup(Optional.of(release.programs()));
    }

    @BeforeParameterizedClassInvocation
    static void startPrimary(PostgresRelease release) {
        pair = PostgresPair.primaryOnly(release.programs(), Map.of());
    }

    @AfterParameterizedClassInvocation
    static void stopPrimary() {
        if (pair != null) {
            pair.close();
            pair = null;
        }
    }

    @BeforeEach
    void fillSource() throws SQLException {
        source = pair.newDatabase();
        target = pair.newDatabase();
        Dumped.execute(
                pair,
                source,
                "CREATE SCHEMA \"Odd name\"",
                "CREATE TABLE orders (id bigserial PRIMARY KEY, at timestamptz DEFAULT now(), amount numeric, blob bytea)",
                "CREATE TABLE \"Odd name\".\"t'1\" (a text, b jsonb, c double precision)",
                "CREATE TABLE nothing (n int)",
                "CREATE TABLE parts (id int, what text) PARTITION BY RANGE (id)",
                "CREATE TABLE parts_low PARTITION OF parts FOR VALUES FROM (0) TO (50)",
                "CREATE TABLE parts_high PARTITION OF parts FOR VALUES FROM (50) TO (100)",
                "CREATE TYPE mood AS ENUM ('low', 'high')",
                "CREATE DOMAIN short AS text CHECK (length(VALUE) < 10)",
                "CREATE TABLE kinds (gone int, m mood, f float8, i interval, c char(5), a int[], s short, u uuid, h text)",
                "ALTER TABLE kinds DROP COLUMN gone",
                "INSERT INTO kinds VALUES ('high', '-0', '30 days', 'ab', '{1,2}', 'x', gen_random_uuid(), NULL)",
                "INSERT INTO kinds DEFAULT VALUES",
                "CREATE MATERIALIZED VIEW totals AS SELECT 1 AS one",
                "INSERT INTO orders (amount, blob) SELECT n / 3.0, decode(md5(n::text), 'hex') FROM generate_series(1, 500) n",
                "INSERT INTO \"Odd name\".\"t'1\" SELECT repeat('ä', n), '{\"k\": 1}', n / 7.0 FROM generate_series(1, 20) n",
                "INSERT INTO parts SELECT n, 'part ' || n FROM generate_series(0, 99) n",
                "SELECT lo_from_bytea(0, '\\x00ff10'::bytea)");
    }

    @Test
    void restoresWhatWasTaken() throws Exception {
        Taken taken = engine.take(source, parts);

        List<Content> restored =
                engine.restore(target, Dumped.manifest(taken), parts).contents();

        assertThat(restored).isEqualTo(taken.contents());
        assertThat(restored)
                .extracting(Content::name, Content::rows)
                .contains(
                        tuple("public.orders", 500L),
                        tuple("\"Odd name\".\"t'1\"", 20L),
                        tuple("public.nothing", 0L),
                        tuple("public.kinds", 2L),
                        tuple("public.parts_low", 50L),
                        tuple("public.totals", 1L),
                        tuple("large objects", 1L));
        assertThat(Dumped.query(pair, target, "SELECT nextval('orders_id_seq')"))
                .isEqualTo("501");
    }

    @Test
    void saysWhereInTheSourcesHistoryItStandsAndWhoTookIt() throws Exception {
        Taken taken = engine.take(source, parts);

        assertThat(taken.source())
                .containsKeys("systemIdentifier", "timeline", "serverVersion", "database")
                .hasEntrySatisfying("lsn", lsn -> assertThat(lsn).matches("[0-9A-F]+/[0-9A-F]+"));
        assertThat(taken.tools().get("pg_dump")).startsWith("pg_dump (PostgreSQL) 1");
        assertThat(Duration.between(taken.began(), Instant.now())).isBetween(Duration.ZERO, Duration.ofMinutes(1));
        assertThat(new String(parts.finished.get("roles.sql"), StandardCharsets.UTF_8))
                .contains("CREATE ROLE lifeboat")
                .doesNotContain("SCRAM-SHA-256");
    }

    @Test
    void figuresAreOfTheSameMomentAsTheDumpThoughTheServiceWrites() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> writeUntil(done), IN_A_THREAD);
        try {
            Eventually.holds(PATIENCE, () -> count("orders") > 510);

            Taken taken = engine.take(source, parts);

            assertThat(engine.restore(target, Dumped.manifest(taken), parts).contents())
                    .isEqualTo(taken.contents());
        } finally {
            done.set(true);
            writer.join();
        }
    }

    @Test
    void figuresDifferWhenOneValueDoes() throws Exception {
        Taken taken = engine.take(source, parts);
        Dumped.execute(pair, source, "UPDATE orders SET amount = amount + 0.01 WHERE id = 250");

        assertThat(engine.take(source, parts).contents()).isNotEqualTo(taken.contents());
    }

    @ParameterizedTest
    @ValueSource(strings = {"f = 0", "i = '1 month'", "m = 'low'", "s = 'y'", "a = '{2,1}'", "u = NULL, h = ''"})
    void figuresDifferWhenAValueOfAnyKindDoes(String change) throws Exception {
        Taken taken = engine.take(source, parts);
        Dumped.execute(pair, source, "UPDATE kinds SET " + change + " WHERE m IS NOT NULL");

        assertThat(engine.take(source, parts).contents()).isNotEqualTo(taken.contents());
    }

    @Test
    void refusesATargetThatHoldsSomethingAndLeavesItAsItWas() throws Exception {
        Taken taken = engine.take(source, parts);
        Dumped.execute(pair, target, "CREATE TABLE precious (n int)", "INSERT INTO precious VALUES (1)");

        assertThatThrownBy(() -> engine.restore(target, Dumped.manifest(taken), parts))
                .isInstanceOfSatisfying(
                        BackupException.class, e -> assertThat(e.kind()).isEqualTo(Kind.PRECONDITION))
                .hasMessageContaining("not empty")
                .hasMessageContaining("public.precious");
        assertThat(Dumped.query(pair, target, "SELECT count(*) FROM precious")).isEqualTo("1");
        assertThat(Dumped.query(pair, target, "SELECT to_regclass('orders') IS NULL"))
                .isEqualTo("t");
    }

    @Test
    void leavesTheTargetEmptyWhenTheDumpBreaksOff() throws Exception {
        Taken taken = engine.take(source, parts);
        byte[] dump = parts.finished.get(PostgresLogicalBackup.DUMP);
        parts.finished.put(PostgresLogicalBackup.DUMP, Arrays.copyOf(dump, dump.length * 9 / 10));

        assertThatThrownBy(() -> engine.restore(target, Dumped.manifest(taken), parts))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("pg_restore failed with exit code 1");
        assertThat(Dumped.query(pair, target, "SELECT count(*) FROM pg_class WHERE relname = 'orders'"))
                .isEqualTo("0");
    }

    @Test
    void passesOverAMaterializedViewThatWasNeverFilled() throws Exception {
        Dumped.execute(pair, source, "CREATE MATERIALIZED VIEW unfilled AS SELECT 1 AS one WITH NO DATA");

        Taken taken = engine.take(source, parts);

        assertThat(engine.restore(target, Dumped.manifest(taken), parts).contents())
                .isEqualTo(taken.contents())
                .noneMatch(content -> content.name().equals("public.unfilled"));
    }

    @Test
    void dumpThatIsCutOffInTheMiddleIsNoPart() throws Exception {
        try (Connection blocker = pair.session(source)) {
            CompletableFuture<Taken> taking = takeBehind(blocker);

            Dumped.execute(
                    pair, source, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE " + WAITING_DUMP);

            assertThatThrownBy(taking::join)
                    .isInstanceOf(CompletionException.class)
                    .hasRootCauseInstanceOf(BackupException.class)
                    .rootCause()
                    .hasMessageContaining("pg_dump failed with exit code 1")
                    .hasMessageNotContaining(CANARY);
            assertThat(parts.finished).isEmpty();
        }
    }

    @Test
    void passwordIsInNoArgumentListWhileTheDumpRuns() throws Exception {
        try (Connection blocker = pair.session(source)) {
            CompletableFuture<Taken> taking = takeBehind(blocker);

            List<String> arguments = argumentLists();
            blocker.rollback();
            taking.join();

            assertThat(arguments).anyMatch(line -> line.contains("pg_dump"));
            assertThat(arguments).noneMatch(line -> line.contains(CANARY));
        }
    }

    @Test
    void saysWhatToInstallWhereTheProgramsAreNot() {
        PostgresLogicalBackup without = new PostgresLogicalBackup(Optional.of(Path.of("/nowhere")));

        assertThatThrownBy(() -> without.take(source, parts))
                .isInstanceOfSatisfying(
                        BackupException.class, e -> assertThat(e.kind()).isEqualTo(Kind.PRECONDITION))
                .hasMessageContaining("pg_dump")
                .hasMessageContaining("/nowhere")
                .hasMessageContaining("lifeboat.postgresql.programs");
    }

    /** Starts a backup that waits for a lock, once it waits. */
    private CompletableFuture<Taken> takeBehind(Connection blocker) throws SQLException {
        blocker.setAutoCommit(false);
        pair.execute(blocker, "LOCK TABLE nothing IN ACCESS EXCLUSIVE MODE");
        CompletableFuture<Taken> taking = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return engine.take(source, parts);
                    } catch (IOException e) {
                        throw new CompletionException(e);
                    }
                },
                IN_A_THREAD);
        Eventually.holds(
                PATIENCE,
                () -> Dumped.query(pair, source, "SELECT count(*) FROM pg_stat_activity WHERE " + WAITING_DUMP)
                        .equals("1"));
        return taking;
    }

    private void writeUntil(AtomicBoolean done) {
        try (Connection session = pair.session(source)) {
            while (!done.get()) {
                pair.execute(session, "INSERT INTO orders (amount) VALUES (1)");
            }
        } catch (SQLException e) {
            throw new CompletionException(e);
        }
    }

    private long count(String table) throws SQLException {
        return Long.parseLong(Dumped.query(pair, source, "SELECT count(*) FROM " + table));
    }

    private static List<String> argumentLists() throws IOException {
        List<String> lines = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                try {
                    lines.add(Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                            .replace('\0', ' '));
                } catch (IOException gone) {
                    lines.add("");
                }
            }
        }
        return lines;
    }
}
