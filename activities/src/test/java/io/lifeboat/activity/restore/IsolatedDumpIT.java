package io.lifeboat.activity.restore;

import static io.lifeboat.activity.database.PostgresPair.EAST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.lifeboat.activity.backup.BackupChains;
import io.lifeboat.activity.backup.BackupEngines;
import io.lifeboat.activity.backup.DefaultBackupActivities;
import io.lifeboat.activity.backup.NightsInMemory;
import io.lifeboat.activity.database.PostgresPair;
import io.lifeboat.activity.database.PostgresRelease;
import io.lifeboat.activity.database.postgresql.PostgresLogicalBackup;
import io.lifeboat.activity.database.postgresql.PostgresSandbox;
import io.lifeboat.activity.database.postgresql.pgbackrest.PgBackRestEngine;
import io.lifeboat.runbook.BackupPolicy;
import io.lifeboat.runbook.BackupPolicy.Method;
import io.lifeboat.runbook.Datastore;
import io.lifeboat.runbook.SmokeTest;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.backup.BackupActivities.Taking;
import io.lifeboat.workflow.restore.ChosenBackup;
import io.lifeboat.workflow.restore.RecoveryReceipt;
import io.lifeboat.workflow.restore.ReplacementActivities;
import io.lifeboat.workflow.restore.RestoreActivities.Choosing;
import io.lifeboat.workflow.restore.RestoreActivities.Proving;
import io.lifeboat.workflow.restore.RestoreActivities.Recovering;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A dump of a real PostgreSQL, proven in a server that was made for it. */
@ParameterizedClass(name = "{0}")
@EnumSource(PostgresRelease.class)
class IsolatedDumpIT {
    private static final BackupPolicy NIGHTLY = NightsInMemory.policy("nightly", Duration.ofDays(1));
    private static final String ID = "20261121T020000Z-nightly";
    private static final String RUN = "smoke/orders/1";

    private static PostgresPair pair;

    @TempDir
    private Path root;

    private final PostgresRelease release;
    private final Datastore datastore;
    private final NightsInMemory nights = new NightsInMemory();

    IsolatedDumpIT(PostgresRelease release) {
        this.release = release;
        Datastore real = pair.datastore(Duration.ofSeconds(60));
        this.datastore = new Datastore(real.name(), real.kind(), real.instances(), real.maxLag(), List.of(NIGHTLY));
    }

    /** In an encoding that is not the usual one, with roles that own and that belong to others. */
    @BeforeParameterizedClassInvocation
    static void startPrimary(PostgresRelease release) throws SQLException {
        pair = PostgresPair.primaryOnly(release.programs(), Map.of());
        administer(
                "postgres",
                "DROP DATABASE orders",
                "CREATE DATABASE orders OWNER lifeboat ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0",
                "CREATE ROLE \"Clerks and co\" NOLOGIN",
                "CREATE ROLE ana LOGIN PASSWORD 'not in the dump'",
                "ALTER ROLE ana SET search_path = '{d ''2026-11-21''} is a name, too?', public",
                "GRANT \"Clerks and co\" TO ana WITH ADMIN OPTION");
        administer(
                "orders",
                "CREATE TABLE things (id int PRIMARY KEY, what text, price numeric(10, 2))",
                "INSERT INTO things SELECT g, 'caf\u00e9 ' || g, g / 7.0 FROM generate_series(1, 5000) g",
                "ALTER TABLE things OWNER TO \"Clerks and co\"",
                "GRANT SELECT ON things TO lifeboat",
                "CREATE INDEX ON things (what)");
    }

    @AfterParameterizedClassInvocation
    static void stopPrimary() {
        if (pair != null) {
            pair.close();
            pair = null;
        }
    }

    @BeforeEach
    void letTheServersUserIn() throws IOException {
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx--x--x"));
    }

    @Test
    void isProvenByARestoreAndThenTakenForProduction() throws IOException {
        take();
        DefaultRestoreActivities restores = restores();
        ChosenBackup chosen = restores.choose(choosing());

        RecoveryReceipt receipt = restores.recover(recovering(
                chosen,
                sql("the encoding", "SHOW server_encoding", "LATIN1"),
                sql("the owner", "SELECT tableowner FROM pg_tables WHERE tablename = 'things'", "Clerks and co"),
                sql("the member", "SELECT pg_has_role('ana', 'Clerks and co', 'MEMBER')", "t"),
                sql("the text", "SELECT what FROM things WHERE id = 4999", "caf\u00e9 4999"),
                sql("no password", "SELECT count(*) FROM pg_authid WHERE rolname = 'ana' AND rolpassword <> ''", "0")));
        restores.prove(new Proving("orders", "orders-db", NIGHTLY, ID, RUN, Instant.parse("2026-11-21T06:00:00Z")));

        assertThat(receipt.checks())
                .extracting(check -> check.name(), check -> check.seen())
                .startsWith(tuple("rows and checksums are those of the backup", "the same in 1 tables"))
                .hasSize(6);
        assertThat(receipt.unpackedBytes()).isPositive();
        assertThat(receipt.lastCommit()).contains(chosen.reachableFrom());
        assertThat(inside(root)).isEmpty();
        assertThat(restores.choose(choosing()).lastProof()).contains(Instant.parse("2026-11-21T06:00:00Z"));
        assertThat(new RestorePoints(
                                nights.chains,
                                new ReplacementActivities.Choosing(
                                        "orders", datastore, Optional.empty(), Optional.empty()))
                        .choose()
                        .backup()
                        .id())
                .isEqualTo(ID);
    }

    @Test
    void isKeptForADayWhenItIsNotAsItMustBe() throws IOException {
        take();
        DefaultRestoreActivities restores = restores();
        ChosenBackup chosen = restores.choose(choosing());

        assertThatThrownBy(() -> restores.recover(recovering(chosen, sql("orders", "SELECT 1", "2"))))
                .satisfies(failure ->
                        assertThat(FailureType.BACKUP_CORRUPT.is(failure)).isTrue())
                .hasMessageContaining("is not as it must be: orders (answered \"1\", expected \"2\")")
                .hasMessageContaining("Its files are kept on the worker until");
        assertThat(inside(root)).hasSize(1);

        restores.recover(recovering(chosen, sql("orders", "SELECT 1", "1")));
        assertThat(inside(root)).isEmpty();
    }

    @Test
    void isNotLoadedWhereAByteOfItHasChanged() throws IOException {
        take();
        DefaultRestoreActivities restores = restores();
        ChosenBackup chosen = restores.choose(choosing());
        nights.spoil(NightsInMemory.WEST, "orders/orders-db/" + ID + "/database.dump.zst.age");

        assertThatThrownBy(() -> restores.recover(recovering(chosen)))
                .satisfies(failure ->
                        assertThat(FailureType.BACKUP_CORRUPT.is(failure)).isTrue())
                .hasMessageContaining("database.dump has");
        assertThat(inside(root)).isEmpty();
    }

    private void take() {
        new DefaultBackupActivities(
                        nights.chains,
                        new BackupEngines(Map.of(
                                Datastore.Kind.POSTGRESQL,
                                Map.of(
                                        Method.LOGICAL,
                                        assignment -> new PostgresLogicalBackup(Optional.of(release.programs()))))),
                        pair.databases(),
                        bytes -> {},
                        Clock.systemUTC())
                .take(new Taking("orders", datastore, NIGHTLY, ID));
    }

    private DefaultRestoreActivities restores() {
        Optional<Path> programs = Optional.of(release.programs());
        BackupChains chains = nights.chains;
        return new DefaultRestoreActivities(
                chains,
                pair.databases(),
                new IsolatedInstances(
                        chains,
                        new PostgresSandbox(
                                programs,
                                System.getProperty("user.name").equals("root")
                                        ? Optional.of("nobody")
                                        : Optional.empty()),
                        new PgBackRestEngine(Optional.empty(), Optional.empty()),
                        new PostgresLogicalBackup(programs),
                        root,
                        bytes -> {},
                        Clock.systemUTC()),
                Clock.systemUTC());
    }

    private Choosing choosing() {
        return new Choosing("orders", datastore, NIGHTLY, Optional.empty(), Optional.empty(), 0);
    }

    private Recovering recovering(ChosenBackup chosen, SmokeTest.Sql... checks) {
        return new Recovering("orders", datastore, NIGHTLY, chosen, RUN, Optional.empty(), List.of(checks));
    }

    private static SmokeTest.Sql sql(String name, String query, String expect) {
        return new SmokeTest.Sql(name, Duration.ofSeconds(10), "orders-db", query, expect);
    }

    private static void administer(String database, String... statements) throws SQLException {
        try (Connection session = pair.administrator(EAST, database)) {
            for (String statement : statements) {
                pair.execute(session, statement);
            }
        }
    }

    private static List<Path> inside(Path folder) throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            return found.toList();
        }
    }
}
