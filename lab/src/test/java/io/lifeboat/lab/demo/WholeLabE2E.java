package io.lifeboat.lab.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.lifeboat.lab.Lab;
import io.lifeboat.lab.LabOptions;
import io.lifeboat.lab.LabState;
import io.lifeboat.lab.Progress;
import io.lifeboat.lab.postgres.LabPostgres;
import io.lifeboat.lab.process.LabProcesses;
import io.lifeboat.workflow.WireFormat;
import io.lifeboat.workflow.backup.BackupListing;
import io.lifeboat.workflow.backup.BackupListing.Listed;
import io.lifeboat.workflow.backup.BackupListing.Series;
import io.lifeboat.workflow.backup.BackupReceipt;
import io.lifeboat.workflow.backup.BackupRequest;
import io.lifeboat.workflow.backup.BackupResult;
import io.lifeboat.workflow.backup.ListBackupsWorkflow;
import io.lifeboat.workflow.backup.NightlyBackupWorkflow;
import io.lifeboat.workflow.client.ClientRecord;
import io.lifeboat.workflow.failover.FailoverRequest;
import io.lifeboat.workflow.report.RunReport;
import io.lifeboat.workflow.report.StepReport;
import io.lifeboat.workflow.restore.PitrTestWorkflow;
import io.lifeboat.workflow.restore.RecoveryReceipt.Check;
import io.lifeboat.workflow.restore.RestoreDatastoreRequest;
import io.lifeboat.workflow.restore.RestoreDatastoreResult;
import io.lifeboat.workflow.restore.RestoreDatastoreWorkflow;
import io.lifeboat.workflow.restore.RestoreRequest;
import io.lifeboat.workflow.restore.RestoreResult;
import io.lifeboat.workflow.run.RunPhase;
import io.lifeboat.workflow.run.RunStatus;
import io.lifeboat.workflow.run.StepState;
import io.lifeboat.workflow.run.Verdict;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * The whole lab and the real worker process, which is killed in the middle of each recovery: backups are taken, proven and brought back
 * over damaged data; then the region of the restored database is really lost. Every other step has its turn in {@code EveryStepE2E}.
 */
@Order(1) // the longest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WholeLabE2E {
    private static final String NAME = "e2e";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = WireFormat.mapper();

    private static Lab lab;
    private static Commander commander;

    @BeforeAll
    static void putUp() {
        lab = Lab.up(LabOptions.named(NAME), Progress.SILENT);
        commander = new Commander(lab.state().temporal());
        SteadyLoad.await(lab, 100);
    }

    @AfterAll
    static void takeDown() {
        if (commander != null) {
            commander.close();
        }
        Lab.downInOrder(NAME, Progress.SILENT);
    }

    @Test
    @Order(1)
    @Timeout(420)
    void aBackupIsProvenAndBroughtBackThoughTheWorkerIsKilledWhileItRestores() throws IOException, SQLException {
        WorkflowStub backup = commander.start(
                NightlyBackupWorkflow.TYPE,
                "backup/orders/e2e",
                "",
                BackupRequest.of("orders").everything());
        BackupResult taken = backup.getResult(BackupResult.class);

        WorkflowStub test =
                commander.start(PitrTestWorkflow.TYPE, "pitr/orders/e2e", "", RestoreRequest.of("orders", "orders-db"));
        awaitStep(test, "Recover in isolation");
        replaceWorker();
        RestoreResult proven = test.getResult(RestoreResult.class);

        Instant before = Instant.parse(
                inOrders("select to_char(clock_timestamp() at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"));
        inOrders("update orders set item = '' returning 1");
        RestoreDatastoreResult restored = restore(before);

        assertThat(taken.verdict()).isEqualTo(Verdict.GREEN);
        assertThat(taken.backups()).extracting(BackupReceipt::policy).containsExactlyInAnyOrder("nightly", "base");
        assertThat(proven.verdict()).isEqualTo(Verdict.GREEN);
        assertThat(proven.recovery().checks()).hasSize(5).allMatch(Check::passed);
        Listed base = list("base");
        assertThat(base.regions()).containsExactly("us-west-2", "us-east-1");
        assertThat(base.provenAt()).isPresent();
        assertThat(list("nightly").provenAt()).isEmpty();
        assertThat(leftOfTheIsolatedInstance()).isEmpty();
        assertThat(restored.verdict()).as(restored.headline()).isEqualTo(Verdict.GREEN);
        assertThat(restored.replacement().lost())
                .hasValueSatisfying(lost -> assertThat(lost.seconds()).isPositive());
        assertThat(inOrders("select count(*) from orders where item = ''")).isEqualTo("0");
        assertThat(
                        inOrders(
                                "select string_agg(datname, ' ' order by datname) from pg_database where datname like 'orders%'"))
                .isEqualTo("orders " + restored.kept());
        assertNoSecretIn(commander.history("restore/orders/e2e"));
        assertNoSecretIn(commander.history("backup/orders/e2e"));
        assertNoSecretIn(commander.history("pitr/orders/e2e"));
        assertNoSecretIn(Files.readString(lab.folder().path().resolve("logs").resolve("worker.log")));
    }

    /** The client was without service before, while its database was replaced: an outage of its own. */
    @Test
    @Order(2)
    void aLostRegionsServiceIsBackAndProvenThoughTheWorkerIsKilledInTheMiddle() throws IOException {
        ClientRecord before = SteadyLoad.await(lab, 100);
        lab.killRegion("us-east-1");
        WorkflowStub run = startAndApprove();
        awaitStep(run, "Fence");

        replaceWorker();
        RunStatus end = commander.awaitEnd(run, PATIENCE, status -> {});
        RunReport report = report(end);

        assertThat(end.phase()).isEqualTo(RunPhase.SUCCEEDED);
        assertThat(end.verdict()).contains(Verdict.GREEN);
        assertThat(report.verdict()).isEqualTo(Verdict.GREEN);
        assertThat(report.steps()).allMatch(step -> step.state() == StepState.SUCCEEDED);
        assertThat(detail(report, "Fence")).contains("proven by power");
        assertThat(report.markers()).hasSize(1);
        assertThat(report.interruptions()).isNotEmpty();
        assertThat(report.interruptions())
                .allSatisfy(interruption -> assertThat(interruption.seconds()).isPositive());
        assertThat(report.client().orElseThrow().outage().orElseThrow().open()).isFalse();
        assertThat(report.client().orElseThrow().outage()).isNotEqualTo(before.outage());
        assertThat(report.clocks().clientVisible().orElseThrow()).isBetween(0.5, 120.0);
        assertThat(record().answering()).isTrue();
        assertThat(record().lost()).isEqualTo(report.client().orElseThrow().lost());
        assertThat(Files.readString(
                        Path.of(URI.create(end.report().orElseThrow().html()))))
                .contains("us-west-2");
    }

    /** Over production, with a new worker in the middle. */
    private RestoreDatastoreResult restore(Instant moment) {
        WorkflowStub run = commander.start(
                RestoreDatastoreWorkflow.TYPE,
                "restore/orders/e2e",
                "",
                RestoreDatastoreRequest.of("orders", "orders-db", "a forgotten WHERE")
                        .to(moment));
        commander.await(run, RunPhase.AWAITING_APPROVAL, PATIENCE, status -> {});
        commander.approve(run, "ana", "the moment is right");
        awaitStep(run, "Restore beside");
        replaceWorker();
        return run.getResult(RestoreDatastoreResult.class);
    }

    private WorkflowStub startAndApprove() {
        WorkflowStub run = commander.start("failover/orders/e2e", FailoverRequest.of("orders", "us-east-1 is gone"));
        commander.await(run, RunPhase.AWAITING_APPROVAL, PATIENCE, status -> {});
        commander.approve(run, "ana", "the region is gone");
        return run;
    }

    private String inOrders(String query) throws SQLException {
        LabState.Region region = lab.state().primary();
        LabState.Credentials credentials = lab.state().credentials();
        String url =
                "jdbc:postgresql://%s:%d/%s".formatted(region.address(), region.databasePort(), LabPostgres.DATABASE);
        try (Connection session =
                        DriverManager.getConnection(url, credentials.databaseUser(), credentials.databasePassword());
                Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private void replaceWorker() {
        lab.killWorker();
        lab.startWorker();
    }

    private Listed list(String policy) {
        BackupListing listing = commander
                .start(ListBackupsWorkflow.TYPE, "list/" + policy, "", BackupRequest.of("orders"))
                .getResult(BackupListing.class);
        List<Series> series =
                listing.series().stream().filter(s -> s.policy().equals(policy)).toList();
        assertThat(listing.unreadable()).isEmpty();
        assertThat(series).hasSize(1);
        assertThat(series.getFirst().backups()).hasSize(1);
        return series.getFirst().backups().getFirst();
    }

    /** Neither files nor processes. */
    private List<String> leftOfTheIsolatedInstance() throws IOException {
        Path isolated = lab.folder().place("us-west-2").resolve("isolated");
        try (Stream<Path> files = Files.list(isolated)) {
            return Stream.concat(
                            files.map(Path::toString),
                            LabProcesses.in(isolated).list().stream().map(Object::toString))
                    .toList();
        }
    }

    private void assertNoSecretIn(String text) {
        LabState.Credentials credentials = lab.state().credentials();
        assertThat(text)
                .doesNotContain(
                        credentials.databasePassword(),
                        credentials.secretKey(),
                        credentials.backups().signing(),
                        "AGE-SECRET-KEY");
    }

    /** Waits until a step has begun; it may have ended by the time this returns. */
    private static void awaitStep(WorkflowStub run, String step) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            RunStatus status = run.query("status", RunStatus.class);
            if (status.steps().stream().anyMatch(s -> s.name().equals(step) && s.state() != StepState.PENDING)) {
                return;
            }
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
        throw new AssertionError("step " + step + " never began");
    }

    private static RunReport report(RunStatus end) throws IOException {
        return JSON.readValue(
                Path.of(URI.create(end.report().orElseThrow().json())).toFile(), RunReport.class);
    }

    private static String detail(RunReport report, String step) {
        List<StepReport> steps = report.steps();
        return steps.stream()
                .filter(s -> s.name().equals(step))
                .findFirst()
                .orElseThrow()
                .detail();
    }

    private ClientRecord record() throws IOException {
        URI uri = URI.create(lab.environment().get("ORDERS_CLIENT_RECORD"));
        try (InputStream body = uri.toURL().openStream()) {
            return JSON.readValue(body, ClientRecord.class);
        }
    }
}
