package io.lifeboat.lab.demo;

import io.lifeboat.lab.Lab;
import io.lifeboat.lab.LabException;
import io.lifeboat.lab.LabState;
import io.lifeboat.lab.postgres.LabPostgres;
import io.lifeboat.workflow.backup.BackupRequest;
import io.lifeboat.workflow.backup.NightlyBackupWorkflow;
import io.lifeboat.workflow.restore.ReplacementReceipt;
import io.lifeboat.workflow.restore.RestoreDatastoreRequest;
import io.lifeboat.workflow.restore.RestoreDatastoreResult;
import io.lifeboat.workflow.restore.RestoreDatastoreWorkflow;
import io.lifeboat.workflow.run.RunPhase;
import io.lifeboat.workflow.run.RunStatus;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The story of data that a bad UPDATE destroys, and of a service that goes back to the second before. */
final class PitrDemo {
    private static final String SERVICE = "orders";
    private static final String DATASTORE = "orders-db";
    private static final int STEADY = 150;
    private static final int MORE = 100;
    private static final Duration RUN = Duration.ofMinutes(3);

    private static final String COMMANDER = "demo commander";

    private final DemoView view;
    private final Path reports;
    private final long began = System.nanoTime();

    /** @param reports where the report is kept after the lab is gone */
    PitrDemo(DemoView view, Path reports) {
        this.view = view;
        this.reports = reports;
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

            long noticed = System.nanoTime();
            view.chapter("The service goes back to the second before");
            view.forget();
            WorkflowStub run = commander.start(
                    RestoreDatastoreWorkflow.TYPE,
                    "restore/" + SERVICE + "/demo",
                    "Restore of " + SERVICE + ": a forgotten WHERE",
                    RestoreDatastoreRequest.of(SERVICE, DATASTORE, "someone forgot a WHERE")
                            .to(damage.before())
                            .by(COMMANDER));
            commander.await(run, RunPhase.AWAITING_APPROVAL, RUN, view::progress);
            commander.approve(run, COMMANDER, "every order is damaged, the moment is right");
            double decide = secondsSince(noticed);
            RunStatus end = commander.awaitEnd(run, RUN, view::progress);
            return result(lab, end, damage, decide, restored(run));
        }
    }

    private static Optional<RestoreDatastoreResult> restored(WorkflowStub run) {
        try {
            return Optional.of(run.getResult(RestoreDatastoreResult.class));
        } catch (WorkflowFailedException failed) {
            return Optional.empty();
        }
    }

    private static Damage destroy(LabState state) {
        return inDatabase(state, statement -> {
            try (ResultSet now = statement.executeQuery("select clock_timestamp()")) {
                now.next();
                Instant before = now.getTimestamp(1).toInstant();
                return new Damage(before, statement.executeUpdate("update orders set item = ''"));
            }
        });
    }

    private static long damaged(LabState state) {
        return inDatabase(state, statement -> {
            try (ResultSet rows = statement.executeQuery("select count(*) from orders where item = ''")) {
                rows.next();
                return rows.getLong(1);
            }
        });
    }

    /** What is asked of the orders in production. */
    private interface Question<T> {
        T ask(Statement statement) throws SQLException;
    }

    private static <T> T inDatabase(LabState state, Question<T> question) {
        LabState.Region region = state.primary();
        String url =
                "jdbc:postgresql://%s:%d/%s".formatted(region.address(), region.databasePort(), LabPostgres.DATABASE);
        LabState.Credentials credentials = state.credentials();
        try (Connection session =
                        DriverManager.getConnection(url, credentials.databaseUser(), credentials.databasePassword());
                Statement statement = session.createStatement()) {
            return question.ask(statement);
        } catch (SQLException e) {
            throw LabException.failed("Cannot ask the lab's orders: " + e.getMessage(), e);
        }
    }

    private DemoResult result(
            Lab lab, RunStatus end, Damage damage, double decide, Optional<RestoreDatastoreResult> restored) {
        DemoResult result = DemoResult.of(
                KeptReport.in(reports, end.report().orElseThrow()),
                lab.state().temporal().ui(),
                lab.parts(),
                Optional.empty(),
                round(decide),
                lab.secondsToUp(),
                round(lab.secondsToUp() + secondsSince(began)));
        Optional<DemoResult.Recovery> recovery = restored.map(r -> recovery(damage, damaged(lab.state()), r));
        boolean good =
                damage.rows() > 0 && recovery.filter(r -> r.leftDamaged() == 0).isPresent();
        return result.with(good ? result.verdict() : "RED", recovery);
    }

    private static DemoResult.Recovery recovery(Damage damage, long left, RestoreDatastoreResult result) {
        ReplacementReceipt copy = result.replacement();
        List<String> checks = copy.checks().stream()
                .map(check -> check.name() + ": " + check.seen())
                .toList();
        return new DemoResult.Recovery(
                damage.before().toString(), damage.rows(), left, copy.seconds(), result.kept(), checks);
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }

    private static double round(double seconds) {
        return Math.round(seconds * 1000) / 1000.0;
    }
}
