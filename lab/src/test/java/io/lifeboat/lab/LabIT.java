package io.lifeboat.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.lab.LabState.Region;
import io.lifeboat.lab.objectstore.Buckets;
import io.lifeboat.lab.process.Deadline;
import io.lifeboat.lab.process.LabProcess;
import io.lifeboat.lab.process.LabProcesses;
import io.lifeboat.lab.process.Probe;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Bucket;

/** Real databases, object stores and Temporal; our own processes have tests of their own. */
class LabIT {

    private static final String NAME = "it-" + ProcessHandle.current().pid();
    private static final String SECOND = NAME + "-b";

    @AfterEach
    void takeDown() {
        Lab.down(NAME);
        Lab.down(SECOND);
    }

    @Test
    void replicatesFromThePrimaryToTheStandby() throws Exception {
        Lab lab = up(NAME);

        execute(lab, lab.state().primary(), "orders", "create table mark (n int)", "insert into mark values (7)");

        await(() -> query(lab, lab.state().standby(), "orders", "select n from mark")
                .equals("7"));
        assertThat(query(lab, lab.state().standby(), "orders", "select pg_is_in_recovery()"))
                .isEqualTo("t");
        assertThat(query(lab, lab.state().primary(), "orders", "select pg_is_in_recovery()"))
                .isEqualTo("f");
    }

    @Test
    void letsItsRoleFenceAndPromoteWithoutBeingSuperuser() throws Exception {
        Lab lab = up(NAME);
        Region primary = lab.state().primary();
        Region standby = lab.state().standby();

        try (Connection victim = connect(lab, primary, "orders")) {
            execute(
                    lab,
                    primary,
                    "postgres",
                    "alter database orders allow_connections false",
                    "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'orders'");
            assertThat(victim.isValid(2)).isFalse();
        }
        assertThatThrownBy(() -> connect(lab, primary, "orders"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("55000"));
        execute(
                lab,
                standby,
                "postgres",
                "select pg_promote(true, 30)",
                "alter database orders allow_connections true");
        execute(lab, standby, "orders", "create table mark (n int)");

        assertThat(query(lab, standby, "orders", "select pg_is_in_recovery()")).isEqualTo("f");
        assertThat(query(lab, standby, "orders", "select rolsuper from pg_roles where rolname = current_user"))
                .isEqualTo("f");
    }

    @Test
    void refusesAWrongPassword() {
        Lab lab = up(NAME);
        Region primary = lab.state().primary();

        assertThatThrownBy(() -> DriverManager.getConnection(url(primary, "orders"), "lifeboat", "guessed"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
    }

    @Test
    void keepsTheLedgerBucketInTheStandbyRegion() {
        Lab lab = up(NAME);

        assertThat(buckets(lab, lab.state().primary())).containsExactly("lifeboat-backups");
        assertThat(buckets(lab, lab.state().standby())).containsExactly("lifeboat-backups", "lifeboat-ledger");
    }

    @Test
    void servesTemporalWithTheSearchAttributes() {
        Lab lab = up(NAME);

        URI attributes = URI.create(lab.state().temporal().ui() + "/api/v1/namespaces/default/search-attributes");
        assertThat(Probe.get(attributes).orElseThrow())
                .contains("LifeboatService", "LifeboatProcedure", "LifeboatPhase")
                .contains("LifeboatRegion", "LifeboatVerdict", "LifeboatIncident");
    }

    @Test
    void leavesNothingOfAKilledRegionAndAllOfTheOther() {
        Lab lab = up(NAME);
        Region dead = lab.state().primary();

        int killed = lab.killRegion(dead.name());

        assertThat(killed).isGreaterThan(2);
        assertThat(LabProcesses.in(lab.folder().place(dead.name())).list()).isEmpty();
        assertThat(Probe.accepts(dead.address(), dead.databasePort())).isFalse();
        assertThat(Probe.accepts(dead.address(), dead.objectStorePort())).isFalse();
        assertThat(lab.status().isWhole(dead.name())).isFalse();
        assertThat(lab.status().isWhole(lab.state().standby().name())).isTrue();
    }

    @Test
    void suggestsTheNearestRegionForOneThatItDoesNotHave() {
        Lab lab = up(NAME);

        assertThatThrownBy(() -> lab.killRegion("us-west2"))
                .isInstanceOfSatisfying(
                        LabException.class,
                        problem -> assertThat(problem.kind().exitCode()).isEqualTo(2))
                .hasMessageContaining("Did you mean \"us-west-2\"?");
    }

    @Test
    void leavesNoProcessNoPortAndNoFileWhenDown() throws Exception {
        int segments = sharedMemorySegments();
        Lab lab = up(NAME);
        Region primary = lab.state().primary();

        lab.down();

        assertThat(LabProcesses.in(lab.folder().path()).list()).isEmpty();
        assertThat(lab.folder().path()).doesNotExist();
        assertThat(Probe.accepts(primary.address(), primary.databasePort())).isFalse();
        assertThat(Probe.get(URI.create(lab.state().temporal().ui()))).isEmpty();
        assertThat(sharedMemorySegments()).isEqualTo(segments);
    }

    @Test
    void runsTwoLabsSideBySide() {
        Lab first = up(NAME);

        Lab second = up(SECOND);

        assertThat(first.state().primary().address())
                .isNotEqualTo(second.state().primary().address());
        assertThat(first.status().parts()).allMatch(row -> row.state() == LabStatus.State.RUNNING);
        assertThat(second.status().parts()).allMatch(row -> row.state() == LabStatus.State.RUNNING);
        second.down();
        assertThat(first.status().parts()).allMatch(row -> row.state() == LabStatus.State.RUNNING);
    }

    @Test
    void cleansTheRemainsOfACrashedLab() {
        Lab crashed = up(NAME);
        for (Region region : crashed.state().regions()) {
            LabProcesses.in(crashed.folder().place(region.name()).resolve("postgresql"))
                    .killAll();
        }
        List<Long> remains = pids(crashed);

        Lab fresh = up(NAME);

        assertThat(remains).isNotEmpty();
        assertThat(pids(fresh)).doesNotContainAnyElementsOf(remains);
        assertThat(fresh.status().parts()).allMatch(row -> row.state() == LabStatus.State.RUNNING);
    }

    @Test
    void leavesARunningLabAlone() {
        Lab lab = up(NAME);
        List<Long> before = pids(lab);

        assertThatThrownBy(() -> up(NAME))
                .isInstanceOfSatisfying(
                        LabException.class,
                        problem -> assertThat(problem.kind().exitCode()).isEqualTo(6))
                .hasMessageContaining("it is running")
                .hasMessageContaining("lifeboat lab down");
        assertThat(pids(lab)).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void leavesNothingWhenAPortThatWasAskedForIsTaken() throws Exception {
        Path folder = LabFolder.of(NAME).path();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            LabOptions options = LabOptions.named(NAME).withTemporalPort(taken.getLocalPort());

            assertThatThrownBy(() -> Lab.up(options, Progress.SILENT))
                    .isInstanceOf(LabException.class)
                    .hasMessageContaining("is in use by")
                    .hasMessageContaining("(pid " + ProcessHandle.current().pid() + ")");
        }
        assertThat(folder).doesNotExist();
    }

    @Test
    void keepsSecretsOutOfArgumentsLogsAndFilesOfOthers() throws Exception {
        Lab lab = up(NAME);
        List<String> secrets = List.of(
                lab.state().credentials().databasePassword(),
                lab.state().credentials().secretKey());

        for (LabProcess process : LabProcesses.in(lab.folder().path()).list()) {
            assertThat(Files.readString(Path.of("/proc/" + process.pid() + "/cmdline")))
                    .doesNotContain(secrets);
        }
        try (Stream<Path> logs = Files.list(lab.folder().path().resolve("logs"))) {
            assertThat(logs)
                    .isNotEmpty()
                    .allSatisfy(log -> assertThat(Files.readString(log)).doesNotContain(secrets));
        }
        assertThat(Files.getPosixFilePermissions(lab.folder().state())).hasSize(2);
    }

    private static Lab up(String name) {
        return Lab.up(LabOptions.named(name).withoutApplications(), Progress.SILENT);
    }

    private static List<Long> pids(Lab lab) {
        return LabProcesses.in(lab.folder().path()).list().stream()
                .map(LabProcess::pid)
                .toList();
    }

    private static List<String> buckets(Lab lab, Region region) {
        URI endpoint = URI.create("http://%s:%d".formatted(region.address(), region.objectStorePort()));
        try (S3Client client =
                Buckets.client(region.name(), endpoint, lab.state().credentials())) {
            return client.listBuckets().buckets().stream()
                    .map(Bucket::name)
                    .sorted()
                    .toList();
        }
    }

    private static int sharedMemorySegments() throws Exception {
        return Files.readAllLines(Path.of("/proc/sysvipc/shm")).size();
    }

    private static String url(Region region, String database) {
        return "jdbc:postgresql://%s:%d/%s?connectTimeout=2&socketTimeout=40"
                .formatted(region.address(), region.databasePort(), database);
    }

    private static Connection connect(Lab lab, Region region, String database) throws SQLException {
        return DriverManager.getConnection(
                url(region, database),
                lab.state().credentials().databaseUser(),
                lab.state().credentials().databasePassword());
    }

    private static void execute(Lab lab, Region region, String database, String... statements) throws SQLException {
        try (Connection connection = connect(lab, region, database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static String query(Lab lab, Region region, String database, String sql) {
        try (Connection connection = connect(lab, region, database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : "nothing";
        } catch (SQLException e) {
            return e.getSQLState();
        }
    }

    private static void await(java.util.function.BooleanSupplier condition) {
        Deadline deadline = Deadline.after(Duration.ofSeconds(20));
        while (!condition.getAsBoolean()) {
            assertThat(deadline.passed()).as("condition met within 20 s").isFalse();
            Thread.onSpinWait();
        }
    }
}
