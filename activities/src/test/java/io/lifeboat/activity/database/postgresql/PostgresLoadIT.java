package io.lifeboat.activity.database.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.BackupTaker.Taken;
import io.lifeboat.activity.backup.DatastoreEngine.Restored;
import io.lifeboat.activity.database.DatabaseInstance;
import io.lifeboat.activity.database.PostgresPair;
import io.lifeboat.activity.database.PostgresRelease;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Restores of what is too large for one transaction: rows first, and then what is built on them. */
@ParameterizedClass(name = "{0}")
@EnumSource(PostgresRelease.class)
class PostgresLoadIT {
    private static final String ROW = "this stands in a row ";

    /** What comes after the rows. */
    private static final List<String> DEFINITIONS = List.of(
            "SELECT string_agg(indexdef, ';' ORDER BY indexdef) FROM pg_indexes WHERE schemaname = 'public'",
            "SELECT string_agg(pg_get_constraintdef(oid), ';' ORDER BY conname) FROM pg_constraint"
                    + " WHERE connamespace = 'public'::regnamespace AND contype <> 'n'",
            "SELECT string_agg(definition, ';' ORDER BY rulename) FROM pg_rules WHERE schemaname = 'public'",
            "SELECT m FROM above");

    private static PostgresPair pair;

    private final Optional<Path> programs;
    private final PostgresLogicalBackup engine;
    private final PartsInMemory parts = new PartsInMemory();
    private DatabaseInstance source;
    private DatabaseInstance target;

    PostgresLoadIT(PostgresRelease release) {
        programs = Optional.of(release.programs());
        engine = new PostgresLogicalBackup(programs);
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
                "CREATE TABLE orders (id bigserial PRIMARY KEY)",
                "INSERT INTO orders SELECT nextval('orders_id_seq') FROM generate_series(1, 500)",
                "CREATE TABLE wide (id int PRIMARY KEY, orders_id bigint REFERENCES orders, body text)",
                "INSERT INTO wide SELECT n, n, '" + ROW + "' || n || repeat(md5(n::text), 640)"
                        + " FROM generate_series(1, 500) n",
                "CREATE INDEX wide_body ON wide (left(body, 50))",
                "CREATE MATERIALIZED VIEW sums AS SELECT count(*) AS n FROM wide",
                "CREATE UNIQUE INDEX sums_n ON sums (n)",
                "CREATE MATERIALIZED VIEW above AS SELECT n + 1 AS m FROM sums",
                "CREATE RULE never AS ON DELETE TO wide DO INSTEAD NOTHING");
        try (Connection admin = pair.administrator(PostgresPair.EAST, nameOf(source))) {
            pair.execute(admin, "GRANT EXECUTE ON FUNCTION pg_rotate_logfile() TO lifeboat");
        }
    }

    /** Its rows and its indexes are restored one after the other, by two runs of {@code pg_restore}. */
    @Test
    void restoresWhatIsTooLargeForOneTransaction() throws Exception {
        Taken taken = engine.take(source, parts);

        Restored restored = engine.restore(target, Dumped.manifest(taken), parts);

        assertThat(parts.finished.get(PostgresLogicalBackup.DUMP)).hasSizeGreaterThan(DumpContents.SMALL);
        assertThat(restored.contents()).isEqualTo(taken.contents());
        assertThat(restored.leftOut()).containsExactly("rights on FUNCTION pg_rotate_logfile()");
        for (String definitions : DEFINITIONS) {
            assertThat(Dumped.query(pair, target, definitions))
                    .isNotEmpty()
                    .isEqualTo(Dumped.query(pair, source, definitions));
        }
        assertThat(Dumped.query(pair, target, "SELECT nextval('orders_id_seq')"))
                .isEqualTo("501");
    }

    @Test
    void leavesTheRowsOfALargeDumpWhoseIndexesFailAndSaysWhy() throws Exception {
        Taken taken = engine.take(source, parts);
        Dumped.execute(
                pair,
                target,
                "CREATE FUNCTION one_must_not() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''no''; END'");
        try (Connection admin = pair.administrator(PostgresPair.EAST, nameOf(target))) {
            pair.execute(
                    admin,
                    "CREATE EVENT TRIGGER refuse ON ddl_command_start WHEN TAG IN ('CREATE INDEX')"
                            + " EXECUTE FUNCTION one_must_not()");
        }

        assertThatThrownBy(() -> engine.restore(target, Dumped.manifest(taken), parts))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("pg_restore failed with exit code 1")
                .hasMessageContaining("one_must_not");
        assertThat(Dumped.query(pair, target, "SELECT count(*) FROM wide")).isEqualTo("500");
    }

    @Test
    void definitionsAloneHaveNoRow() throws Exception {
        engine.take(source, parts);
        byte[] dump = parts.finished.get(PostgresLogicalBackup.DUMP);

        DumpContents contents =
                DumpContents.of(programs, PostgresServer.of(source).uri(), new ByteArrayInputStream(dump));

        assertThat(text(contents.definitions()))
                .contains("CREATE INDEX wide_body")
                .doesNotContain(ROW);
        assertThat(contents.dump().readAllBytes()).isEqualTo(dump);
        assertThat(text(dump)).contains(ROW);
    }

    private static String nameOf(DatabaseInstance database) {
        return PostgresServer.of(database).uri().database();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
