package io.lifeboat.lab.demo;

import io.lifeboat.lab.Lab;
import io.lifeboat.lab.LabException;
import io.lifeboat.lab.LabState;
import io.lifeboat.lab.postgres.LabPostgres;
import io.lifeboat.workflow.backup.BackupRequest;
import io.lifeboat.workflow.backup.NightlyBackupWorkflow;
import io.lifeboat.workflow.restore.PitrTestWorkflow;
import io.lifeboat.workflow.restore.RecoveryReceipt;
import io.lifeboat.workflow.restore.RestoreRequest;
import io.lifeboat.workflow.restore.RestoreResult;
import io.lifeboat.workflow.run.RunStatus;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The story of data that a bad UPDATE destroys, and of a copy of the second before. */
final class PitrDemo {
    private static final String SERVICE = "orders";
    private static final String DATASTORE = "orders-db";
    private static final int STEADY = 150;
    private static final int MORE = 100;
    private static final Duration RUN = Duration.ofMinutes(3);

    private final DemoView view;
    private final long began = System.nanoTime();

    PitrDemo(DemoView view) {
        this.view = view;
    }

    /** The damage, and when it was done. */
    private record Damage(Instant before, long rows) {}

    DemoResult run(Lab lab) {
        view.chapter("Orders are coming in, and their log is archived as it is written");
        long first = SteadyLoad.await(lab, STEADY).acknowledged();
        view.line(first + " orders acknowledged");
        try (Commander commander = new Commander(lab.state().temporal())) {
            view.chapter("A base backup is taken under load");
            WorkflowStub backup = commander.start(
                    NightlyBackupWorkflow.TYPE,
                    "backup/" + SERVICE + "/demo",
                    "Backup of " + SERVICE,
                    BackupRequest.of(SERVICE).everything());
            commander.awaitClosed(backup, RUN, view::progress);
            long more = SteadyLoad.await(lab, first + MORE).acknowledged();
            view.line(more + " orders acknowledged by now");

            view.chapter("Someone forgets a WHERE: update orders set item = ''");
            Damage damage = destroy(lab.state());
            view.line(damage.rows() + " orders destroyed; the second before was " + damage.before());

            view.chapter("A copy of the second before is recovered in isolation");
            view.forget();
            WorkflowStub run = commander.start(
                    PitrTestWorkflow.TYPE,
                    "pitr/" + SERVICE + "/demo",
                    "Recover " + DATASTORE + " to " + damage.before(),
                    RestoreRequest.of(SERVICE, DATASTORE).to(damage.before()));
            RunStatus end = commander.awaitClosed(run, RUN, view::progress);
            return result(lab, end, damage, recovered(run));
        }
    }

    private static Optional<RestoreResult> recovered(WorkflowStub run) {
        try {
            return Optional.of(run.getResult(RestoreResult.class));
        } catch (WorkflowFailedException failed) {
            return Optional.empty();
        }
    }

    private static Damage destroy(LabState state) {
        LabState.Region region = state.primary();
        String url =
                "jdbc:postgresql://%s:%d/%s".formatted(region.address(), region.databasePort(), LabPostgres.DATABASE);
        LabState.Credentials credentials = state.credentials();
        try (Connection session =
                        DriverManager.getConnection(url, credentials.databaseUser(), credentials.databasePassword());
                Statement statement = session.createStatement()) {
            Instant before;
            try (ResultSet now = statement.executeQuery("select clock_timestamp()")) {
                now.next();
                before = now.getTimestamp(1).toInstant();
            }
            return new Damage(before, statement.executeUpdate("update orders set item = ''"));
        } catch (SQLException e) {
            throw LabException.failed("Cannot destroy the lab's orders: " + e.getMessage(), e);
        }
    }

    private DemoResult result(Lab lab, RunStatus end, Damage damage, Optional<RestoreResult> recovered) {
        boolean good = recovered.isPresent() && damage.rows() > 0;
        return new DemoResult(
                1,
                good ? "GREEN" : "RED",
                good ? "The copy holds the orders as they were in the second before." : end.headline(),
                SERVICE,
                "pitr",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                recovered.map(result -> recovery(damage, result)),
                end.steps().stream()
                        .map(s -> new DemoResult.Step(
                                s.name(), s.state().name(), s.seconds().orElse(0.0), 1))
                        .toList(),
                DemoResult.parts(lab.parts()),
                Optional.empty(),
                DemoResult.Temporal.of(
                        end.workflowId(),
                        end.runId(),
                        lab.state().temporal().ui(),
                        lab.state().temporal().namespace()),
                lab.secondsToUp(),
                Math.round((lab.secondsToUp() + (System.nanoTime() - began) / 1e9) * 1000) / 1000.0);
    }

    private static DemoResult.Recovery recovery(Damage damage, RestoreResult result) {
        RecoveryReceipt receipt = result.recovery();
        List<String> checks = receipt.checks().stream()
                .map(check -> check.name() + ": " + check.seen())
                .toList();
        return new DemoResult.Recovery(
                damage.before().toString(), damage.rows(), receipt.writableSeconds(), receipt.reached(), checks);
    }
}
