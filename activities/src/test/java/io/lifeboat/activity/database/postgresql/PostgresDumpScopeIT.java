package io.lifeboat.activity.database.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.BackupException.Kind;
import io.lifeboat.activity.backup.BackupTaker.Taken;
import io.lifeboat.activity.database.DatabaseInstance;
import io.lifeboat.activity.database.PostgresPair;
import io.lifeboat.activity.database.PostgresRelease;
import io.lifeboat.activity.manifest.Manifest.Content;
import io.lifeboat.runbook.DumpScope;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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

/** Logical backups that take less of a database than all of it, or more than its dump. */
@ParameterizedClass(name = "{0}")
@EnumSource(PostgresRelease.class)
class PostgresDumpScopeIT {
    private static PostgresPair pair;

    private final Optional<Path> programs;
    private final PostgresLogicalBackup engine;
    private final PartsInMemory parts = new PartsInMemory();
    private DatabaseInstance source;
    private DatabaseInstance target;

    PostgresDumpScopeIT(PostgresRelease release) {
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
                "CREATE SCHEMA \"Odd name\"",
                "CREATE TABLE \"Odd name\".\"t'1\" (a text)",
                "INSERT INTO \"Odd name\".\"t'1\" SELECT repeat('ä', n) FROM generate_series(1, 20) n",
                "CREATE TABLE orders (id bigserial PRIMARY KEY, amount numeric)",
                "INSERT INTO orders (amount) SELECT n / 3.0 FROM generate_series(1, 500) n",
                "CREATE TABLE parts (id int, what text) PARTITION BY RANGE (id)",
                "CREATE TABLE parts_low PARTITION OF parts FOR VALUES FROM (0) TO (50)",
                "CREATE TABLE parts_high PARTITION OF parts FOR VALUES FROM (50) TO (100)",
                "INSERT INTO parts SELECT n, 'part ' || n FROM generate_series(0, 99) n",
                "CREATE MATERIALIZED VIEW totals AS SELECT 1 AS one",
                "SELECT lo_from_bytea(0, '\\x00ff10'::bytea)");
    }

    @Test
    void takesTheTablesOfItsScopeAndTheirPartitions() throws Exception {
        Taken taken = scoped(new DumpScope(List.of("public.orders", "public.parts"), false, false))
                .take(source, parts);

        List<Content> restored =
                engine.restore(target, Dumped.manifest(taken), parts).contents();

        assertThat(taken.source()).containsEntry("holdsOnly", "the tables public.orders, public.parts");
        assertThat(taken.contents())
                .extracting(Content::name, Content::rows)
                .containsExactly(
                        tuple("public.orders", 500L), tuple("public.parts_high", 50L), tuple("public.parts_low", 50L));
        assertThat(restored).isEqualTo(taken.contents());
    }

    @Test
    void takesATableWithAnOddName() throws Exception {
        Taken taken =
                scoped(new DumpScope(List.of("Odd name.t'1"), false, false)).take(source, parts);

        assertThat(taken.contents())
                .extracting(Content::name, Content::rows)
                .containsExactly(tuple("\"Odd name\".\"t'1\"", 20L));
        assertThat(text(parts.finished.get(PostgresLogicalBackup.DUMP))).contains("ääää");
    }

    @Test
    void refusesTablesThatAreNotThereAndNamesThem() {
        DumpScope scope = new DumpScope(
                List.of("public.orders", "public.Orders", "public.order*", "public.totals"), false, false);

        assertThatThrownBy(() -> scoped(scope).take(source, parts))
                .isInstanceOfSatisfying(
                        BackupException.class, e -> assertThat(e.kind()).isEqualTo(Kind.PRECONDITION))
                .hasMessageContaining("names \"public.Orders\", \"public.order*\", \"public.totals\", and");
        assertThat(parts.finished).isEmpty();
    }

    @Test
    void takesDefinitionsWithoutRows() throws Exception {
        Taken taken = scoped(new DumpScope(List.of(), true, false)).take(source, parts);

        List<Content> restored =
                engine.restore(target, Dumped.manifest(taken), parts).contents();

        assertThat(taken.source()).containsEntry("holdsOnly", "the definitions, and no rows");
        assertThat(restored)
                .isEqualTo(taken.contents())
                .contains(new Content("public.orders", 0, "0"))
                .allMatch(content -> content.rows() == 0)
                .noneMatch(content -> content.name().equals("public.totals"));
        assertThat(Dumped.query(pair, target, "SELECT to_regclass('totals') IS NOT NULL"))
                .isEqualTo("t");
    }

    @Test
    void storesTheSameAsTextWhereThePolicyAsksForIt() throws Exception {
        Taken taken = scoped(new DumpScope(List.of(), false, true)).take(source, parts);

        assertThat(taken.source()).doesNotContainKey("holdsOnly");
        assertThat(parts.finished).containsOnlyKeys("database.dump", "database.sql", "roles.sql");
        assertThat(text(parts.finished.get("database.sql")))
                .contains("CREATE TABLE public.orders", "COPY public.orders", "PostgreSQL database dump complete");
        assertThat(engine.restore(target, Dumped.manifest(taken), parts).contents())
                .isEqualTo(taken.contents());
    }

    private PostgresLogicalBackup scoped(DumpScope scope) {
        return new PostgresLogicalBackup(programs, scope);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
