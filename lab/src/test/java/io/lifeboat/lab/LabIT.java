package io.lifeboat.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.lab.LabState.Region;
import io.lifeboat.lab.objectstore.Buckets;
import io.lifeboat.lab.process.Deadline;
import io.lifeboat.lab.process.LabProcess;
import io.lifeboat.lab.process.LabProcesses;
import io.lifeboat.lab.process.Probe;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Bucket;

/** What a lab of real databases, object stores and Temporal offers, seen from outside while it is up. */
class LabIT {

    private static final String NAME = "it-" + ProcessHandle.current().pid();

    private static Lab lab;

    @BeforeAll
    static void putUp() {
        lab = Lab.up(LabOptions.named(NAME).withoutApplications(), Progress.SILENT);
    }

    @AfterAll
    static void takeDown() {
        Lab.down(NAME);
    }

    @Test
    void replicatesFromThePrimaryToTheStandby() throws Exception {
        LabDatabases.execute(
                lab, lab.state().primary(), "orders", "create table mark (n int)", "insert into mark values (7)");

        await(() -> LabDatabases.query(lab, lab.state().standby(), "orders", "select n from mark")
                .equals("7"));
        assertThat(LabDatabases.query(lab, lab.state().standby(), "orders", "select pg_is_in_recovery()"))
                .isEqualTo("t");
        assertThat(LabDatabases.query(lab, lab.state().primary(), "orders", "select pg_is_in_recovery()"))
                .isEqualTo("f");
    }

    @Test
    void waitsForTheDiskOnceItIsUp() {
        assertThat(LabDatabases.query(lab, lab.state().primary(), "orders", "show fsync"))
                .isEqualTo("on");
        assertThat(LabDatabases.query(lab, lab.state().standby(), "orders", "show fsync"))
                .isEqualTo("on");
    }

    @Test
    void refusesAWrongPassword() {
        Region primary = lab.state().primary();

        assertThatThrownBy(
                        () -> DriverManager.getConnection(LabDatabases.url(primary, "orders"), "lifeboat", "guessed"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
    }

    @Test
    void keepsTheLedgerBucketInTheStandbyRegion() {
        assertThat(buckets(lab, lab.state().primary())).containsExactly("lifeboat-backups");
        assertThat(buckets(lab, lab.state().standby())).containsExactly("lifeboat-backups", "lifeboat-ledger");
    }

    @Test
    void servesTemporalWithTheSearchAttributes() {
        URI attributes = URI.create(lab.state().temporal().ui() + "/api/v1/namespaces/default/search-attributes");
        assertThat(Probe.get(attributes).orElseThrow())
                .contains("LifeboatService", "LifeboatProcedure", "LifeboatPhase")
                .contains("LifeboatRegion", "LifeboatVerdict", "LifeboatIncident");
    }

    @Test
    void suggestsTheNearestRegionForOneThatItDoesNotHave() {
        assertThatThrownBy(() -> lab.killRegion("us-west2"))
                .isInstanceOfSatisfying(
                        LabException.class,
                        problem -> assertThat(problem.kind().exitCode()).isEqualTo(2))
                .hasMessageContaining("Did you mean \"us-west-2\"?");
    }

    @Test
    void leavesARunningLabAlone() {
        List<Long> before = pids(lab);

        LabOptions same = LabOptions.named(NAME).withoutApplications();

        assertThatThrownBy(() -> Lab.up(same, Progress.SILENT))
                .isInstanceOfSatisfying(
                        LabException.class,
                        problem -> assertThat(problem.kind().exitCode()).isEqualTo(6))
                .hasMessageContaining("it is running")
                .hasMessageContaining("lifeboat lab down");
        assertThat(pids(lab)).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void keepsSecretsOutOfArgumentsLogsAndFilesOfOthers() throws Exception {
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

    private static void await(BooleanSupplier condition) {
        Deadline deadline = Deadline.after(Duration.ofSeconds(20));
        while (!condition.getAsBoolean()) {
            assertThat(deadline.passed()).as("condition met within 20 s").isFalse();
            Deadline.pause(Duration.ofMillis(20));
        }
    }
}
