package io.lifeboat.activity.database.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.DatastoreEngine.Restored;
import io.lifeboat.activity.database.DatabaseException;
import io.lifeboat.activity.database.DatabaseException.Kind;
import io.lifeboat.activity.database.DatabaseInstance;
import io.lifeboat.activity.database.PostgresPair;
import io.lifeboat.activity.database.PostgresTool;
import io.lifeboat.activity.manifest.Manifest.Content;
import io.lifeboat.workflow.FailureType;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A restored copy beside a database of a real PostgreSQL, by a role that is no superuser. */
class PostgresReplacementIT {
    private static final Duration BOUND = Duration.ofSeconds(10);

    @AutoClose
    private static PostgresPair pair;

    private final String run = "restore/orders/" + UUID.randomUUID();
    private DatabaseInstance service;
    private PostgresReplacement replacement;

    @BeforeAll
    static void startPrimary() throws SQLException {
        pair = PostgresPair.primaryOnly();
        asAdministrator("CREATE ROLE reporting LOGIN");
    }

    @BeforeEach
    void fillTheService() throws SQLException {
        service = pair.newDatabase();
        replacement = new PostgresReplacement(service, run);
        inDatabase(service, "CREATE TABLE orders (item text)", "INSERT INTO orders VALUES ('damaged')");
    }

    @Test
    void copyIsADatabaseLikeTheServices() throws SQLException {
        asAdministrator(
                "ALTER DATABASE " + name() + " SET work_mem = '7MB'",
                "ALTER DATABASE " + name() + " SET search_path = \"$user\", 'it''s', public",
                "ALTER ROLE lifeboat IN DATABASE " + name() + " SET statement_timeout = '90s'",
                "ALTER DATABASE " + name() + " CONNECTION LIMIT 42",
                "REVOKE ALL ON DATABASE " + name() + " FROM PUBLIC",
                "GRANT CONNECT ON DATABASE " + name() + " TO reporting WITH GRANT OPTION");

        assertThat(replacement.create(PostgresReplacementIT::allowed)).isEmpty();

        for (String property : new String[] {
            "datdba, encoding, datlocprovider, datcollate, datctype, datlocale, daticurules, dattablespace, datconnlimit",
            "(SELECT array_agg(a::text ORDER BY a::text) FROM aclexplode(datacl) a)",
            "(SELECT array_agg(setrole || array_to_string(setconfig, ';') ORDER BY setrole) FROM pg_db_role_setting"
                    + " WHERE setdatabase = d.oid)"
        }) {
            assertThat(property(replacement.copy(), property))
                    .as(property)
                    .isNotNull()
                    .isEqualTo(property(name(), property));
        }
    }

    @Test
    void whatTheRoleMayNotMakeIsSaidAndLeftOut() throws SQLException {
        asAdministrator("ALTER DATABASE " + name() + " SET session_replication_role = 'replica'");

        assertThat(replacement.create(PostgresReplacementIT::allowed))
                .singleElement()
                .asString()
                .startsWith("ALTER DATABASE " + replacement.copy() + " SET session_replication_role TO 'replica' (")
                .contains("the role lacks a right");
    }

    @Test
    void anotherAttemptBeginsAnew() throws SQLException {
        replacement.create(PostgresReplacementIT::allowed);
        inDatabase(replacement.copyInstance(), "CREATE TABLE half (n int)");

        replacement.create(PostgresReplacementIT::allowed);

        assertThat(query(replacement.copyInstance(), "SELECT to_regclass('half') IS NULL"))
                .isEqualTo("t");
    }

    @Test
    void exchangeSetsTheDamagedOneAsideAndBothStayClosed() throws SQLException {
        restoreBeside("whole");
        fence();

        assertThat(replacement.exchange(PostgresReplacementIT::allowed)).isTrue();

        assertThat(accepts(name())).isEqualTo("f");
        assertThat(accepts(replacement.aside())).isEqualTo("f");
        assertThat(databases(replacement.copy())).isEqualTo("0");
        new PostgresEngine().lift(service, PostgresReplacementIT::allowed, BOUND);
        assertThat(item(service)).isEqualTo("whole");
    }

    @Test
    void emptyOneStandsInForADatabaseThatWasDropped() throws SQLException {
        asAdministrator("DROP DATABASE " + name());
        assertThat(new PostgresEngine().look(service, BOUND).detail()).isEqualTo("the server has no such database");
        asAdministrator("CREATE DATABASE " + name() + " OWNER lifeboat");
        restoreBeside("whole");
        fence();

        assertThat(replacement.exchange(PostgresReplacementIT::allowed)).isTrue();

        new PostgresEngine().lift(service, PostgresReplacementIT::allowed, BOUND);
        assertThat(item(service)).isEqualTo("whole");
        assertThat(databases(replacement.aside())).isEqualTo("1");
    }

    @Test
    void exchangeOnceMoreChangesNothing() throws SQLException {
        restoreBeside("whole");
        fence();
        replacement.exchange(PostgresReplacementIT::allowed);

        assertThat(replacement.exchange(PostgresReplacementIT::stale)).isFalse();
        assertThat(replacement.drop(PostgresReplacementIT::stale)).isFalse();

        new PostgresEngine().lift(service, PostgresReplacementIT::allowed, BOUND);
        assertThat(item(service)).isEqualTo("whole");
    }

    @Test
    void exchangeBackGivesTheDamagedOneItsPlaceAsItWas() throws SQLException {
        asAdministrator("COMMENT ON DATABASE " + name() + " IS 'the team''s own words'");
        restoreBeside("whole");
        fence();
        replacement.exchange(PostgresReplacementIT::allowed);
        assertThat(comment(name())).isEqualTo("the team's own words");

        assertThat(replacement.exchangeBack(PostgresReplacementIT::allowed)).isTrue();
        assertThat(replacement.exchangeBack(PostgresReplacementIT::stale)).isFalse();
        assertThat(replacement.drop(PostgresReplacementIT::allowed)).isTrue();

        new PostgresEngine().lift(service, PostgresReplacementIT::allowed, BOUND);
        assertThat(item(service)).isEqualTo("damaged");
        assertThat(comment(name())).isEqualTo("the team's own words");
        assertThat(databases(replacement.aside())).isEqualTo("0");
    }

    @Test
    void nothingIsExchangedWhileSomebodyIsConnected() throws SQLException {
        restoreBeside("whole");

        try (Connection busy = pair.session(service)) {
            assertThat(busy.isValid(5)).isTrue();
            assertThatThrownBy(() -> replacement.exchange(PostgresReplacementIT::allowed))
                    .isInstanceOfSatisfying(
                            DatabaseException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BUSY))
                    .hasMessageContaining("somebody is connected");
        }

        assertThat(item(service)).isEqualTo("damaged");
        assertThat(databases(replacement.copy())).isEqualTo("1");
    }

    @Test
    void nothingIsChangedByARunThatHasLostTheService() throws SQLException {
        assertThatThrownBy(() -> replacement.create(PostgresReplacementIT::stale))
                .hasMessageContaining("Another run");
        assertThat(databases(replacement.copy())).isEqualTo("0");
        restoreBeside("whole");
        fence();
        assertThatThrownBy(() -> replacement.exchange(PostgresReplacementIT::stale))
                .hasMessageContaining("Another run");
        assertThat(databases(replacement.aside())).isEqualTo("0");
        assertThatThrownBy(() -> replacement.drop(PostgresReplacementIT::stale)).hasMessageContaining("Another run");
        assertThat(databases(replacement.copy())).isEqualTo("1");
    }

    @Test
    void aDatabaseOfTheCopysNameThatSomebodyElseMadeIsNotTouched() throws SQLException {
        asAdministrator(
                "CREATE DATABASE " + replacement.copy(), "COMMENT ON DATABASE " + replacement.copy() + " IS 'mine'");

        assertThatThrownBy(() -> replacement.create(PostgresReplacementIT::allowed))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining(replacement.copy())
                .hasMessageContaining("this run has not made");
        assertThat(replacement.drop(PostgresReplacementIT::allowed)).isFalse();
        assertThat(comment(replacement.copy())).isEqualTo("mine");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE precious (n int)",
                "CREATE SCHEMA precious",
                "CREATE FUNCTION precious() RETURNS int LANGUAGE sql RETURN 42",
                "CREATE TYPE precious AS ENUM ('a')",
                "SELECT lo_from_bytea(0, '\\x00ff'::bytea)"
            })
    void aDatabaseOfTheCopysNameWithAnythingInItIsNotTouched(String content) throws SQLException {
        asAdministrator("CREATE DATABASE " + replacement.copy() + " OWNER lifeboat TEMPLATE template0");
        inDatabase(replacement.copyInstance(), content);
        String before = property(replacement.copy(), "oid");

        assertThatThrownBy(() -> replacement.create(PostgresReplacementIT::allowed))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("this run has not made");
        assertThat(replacement.drop(PostgresReplacementIT::allowed)).isFalse();
        assertThatThrownBy(() -> replacement.exchange(PostgresReplacementIT::allowed))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("this run has not made");

        assertThat(property(replacement.copy(), "oid")).isEqualTo(before);
    }

    @Test
    void anAttemptThatWasCutOffBeforeItCouldSayWhoseItIsIsTakenUp() throws SQLException {
        asAdministrator("CREATE DATABASE " + replacement.copy() + " OWNER lifeboat TEMPLATE template0");

        restoreBeside("whole");

        assertThat(item(replacement.copyInstance())).isEqualTo("whole");
        assertThat(replacement.drop(PostgresReplacementIT::allowed)).isTrue();
    }

    @Test
    void saysWhichDatabasesThereAreWhereTheyDoNotFit() {
        assertThatThrownBy(() -> replacement.exchange(PostgresReplacementIT::allowed))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("there are [" + name() + "]")
                .hasMessageContaining("Nothing was changed");
    }

    @Test
    void longNamesStayWithinWhatPostgresKeeps() {
        DatabaseInstance longest = new DatabaseInstance(
                "orders-db", PostgresPair.EAST, "postgresql://lifeboat@127.0.0.1:1/" + "%C3%A4".repeat(31));

        assertThat(new PostgresReplacement(longest, run).copy().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .hasSizeBetween(60, 63);
        assertThat(new PostgresReplacement(longest, run).aside()).matches("ä+_damaged_[0-9a-f]{8}");
    }

    @Test
    void carriesADatabaseOverWithItsFiguresAndWithoutRightsThatAreTheServers() throws Exception {
        asAdministratorIn(service, "GRANT EXECUTE ON FUNCTION pg_switch_wal() TO reporting");
        inDatabase(
                service,
                "INSERT INTO orders SELECT 'item ' || n FROM generate_series(1, 5000) n",
                "GRANT SELECT ON orders TO reporting",
                "SELECT lo_from_bytea(0, '\\x00ff'::bytea)");
        replacement.create(PostgresReplacementIT::allowed);

        Restored carried = transfer().carry(service, replacement.copyInstance(), bytes -> {});

        assertThat(carried.contents()).extracting(Content::rows).containsExactly(5001L, 1L);
        assertThat(carried.leftOut()).containsExactly("rights on FUNCTION pg_switch_wal()");
        assertThat(query(replacement.copyInstance(), "SELECT has_table_privilege('reporting', 'orders', 'SELECT')"))
                .isEqualTo("t");
    }

    private static void allowed() {
        // This run holds the service.
    }

    private static void stale() {
        throw FailureType.STALE_EPOCH.failure("Another run holds the service.");
    }

    private void restoreBeside(String item) throws SQLException {
        replacement.create(PostgresReplacementIT::allowed);
        inDatabase(
                replacement.copyInstance(),
                "CREATE TABLE orders (item text)",
                "INSERT INTO orders VALUES ('" + item + "')");
    }

    private void fence() {
        assertThat(new PostgresEngine()
                        .fence(service, PostgresReplacementIT::allowed, BOUND)
                        .proven())
                .isTrue();
    }

    private static PostgresTransfer transfer() throws IOException {
        return new PostgresTransfer(Optional.of(PostgresTool.programs()));
    }

    private String name() {
        return PostgresUri.parse(service.connection()).database();
    }

    private static String item(DatabaseInstance database) throws SQLException {
        return query(database, "SELECT item FROM orders");
    }

    private static String comment(String database) throws SQLException {
        return property(database, "shobj_description(oid, 'pg_database')");
    }

    private static String accepts(String database) throws SQLException {
        return property(database, "datallowconn");
    }

    private static String property(String database, String expression) throws SQLException {
        return asked("SELECT ROW(" + expression + ")::text FROM pg_database d WHERE datname = '" + database + "'")
                .replaceAll("^\\(\"?|\"?\\)$", "");
    }

    private static String databases(String database) throws SQLException {
        return asked("SELECT count(*) FROM pg_database WHERE datname = '" + database + "'");
    }

    private static String asked(String sql) throws SQLException {
        try (Connection admin = pair.administrator(PostgresPair.EAST, "postgres");
                Statement statement = admin.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static String query(DatabaseInstance database, String sql) throws SQLException {
        try (Connection session = pair.session(database);
                Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void inDatabase(DatabaseInstance database, String... statements) throws SQLException {
        try (Connection session = pair.session(database)) {
            for (String statement : statements) {
                pair.execute(session, statement);
            }
        }
    }

    private static void asAdministrator(String... statements) throws SQLException {
        run("postgres", statements);
    }

    private static void asAdministratorIn(DatabaseInstance database, String... statements) throws SQLException {
        run(PostgresUri.parse(database.connection()).database(), statements);
    }

    private static void run(String database, String... statements) throws SQLException {
        try (Connection admin = pair.administrator(PostgresPair.EAST, database)) {
            for (String statement : statements) {
                pair.execute(admin, statement);
            }
        }
    }
}
