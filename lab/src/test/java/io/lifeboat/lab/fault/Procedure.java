package io.lifeboat.lab.fault;

import io.lifeboat.lab.fault.OrdersDatabase.Known;
import io.lifeboat.workflow.backup.BackupReceipt;
import io.lifeboat.workflow.backup.BackupRequest;
import io.lifeboat.workflow.backup.BackupResult;
import io.lifeboat.workflow.backup.NightlyBackupWorkflow;
import io.lifeboat.workflow.restore.PitrTestWorkflow;
import io.lifeboat.workflow.restore.RestoreDatastoreRequest;
import io.lifeboat.workflow.restore.RestoreDatastoreResult;
import io.lifeboat.workflow.restore.RestoreDatastoreWorkflow;
import io.lifeboat.workflow.restore.RestoreRequest;
import io.lifeboat.workflow.restore.RestoreResult;
import io.lifeboat.workflow.restore.SmokeRestoreWorkflow;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The procedures on backups, each as somebody would start it; each but the first needs a backup. */
enum Procedure {
    NIGHTLY_BACKUP {
        @Override
        Ended run(TemporalRuns temporal, OrdersDatabase database, String name) throws TimeoutException {
            WorkflowStub run = temporal.start(
                    NightlyBackupWorkflow.TYPE,
                    "backup/orders/" + name,
                    BackupRequest.of("orders").everything());
            BackupResult result = result(run, BackupResult.class);
            return new Ended(
                    run,
                    List.of(
                            result.verdict().name(),
                            result.headline(),
                            result.backups().stream()
                                    .map(BackupReceipt::policy)
                                    .sorted()
                                    .toList()
                                    .toString(),
                            result.failures().toString()));
        }
    },
    PITR_TEST {
        @Override
        Ended run(TemporalRuns temporal, OrdersDatabase database, String name) throws TimeoutException {
            return proven(temporal.start(
                    PitrTestWorkflow.TYPE, "pitr/orders/" + name, RestoreRequest.of("orders", "orders-db")));
        }
    },
    SMOKE_RESTORE {
        @Override
        Ended run(TemporalRuns temporal, OrdersDatabase database, String name) throws TimeoutException {
            return proven(temporal.start(
                    SmokeRestoreWorkflow.TYPE,
                    "smoke-restore/orders/" + name,
                    RestoreRequest.of("orders", "orders-db")));
        }
    },
    RESTORE_DATASTORE {
        @Override
        Ended run(TemporalRuns temporal, OrdersDatabase database, String name) throws TimeoutException {
            Known known = database.known();
            database.ask("with spoiled as (update orders set item = '' returning 1) select count(*) from spoiled");
            WorkflowStub run = temporal.start(
                    RestoreDatastoreWorkflow.TYPE,
                    "restore/orders/" + name,
                    RestoreDatastoreRequest.of("orders", "orders-db", "a forgotten WHERE")
                            .to(known.moment()));
            temporal.approve(run, PATIENCE);
            RestoreDatastoreResult result = result(run, RestoreDatastoreResult.class);
            return new Ended(
                    run,
                    List.of(
                            result.verdict().name(),
                            result.phase().name(),
                            result.replacement().checks().toString(),
                            "loss measured " + result.replacement().lost().isPresent(),
                            "reported " + result.report().isPresent(),
                            "as before " + known.figures().equals(database.figures(known.upTo())),
                            "spoiled " + database.ask("select count(*) from orders where item = ''")));
        }
    };

    private static final Duration PATIENCE = Duration.ofMinutes(15);

    /** @param outcome what the run says of itself, without times and names that differ from run to run */
    record Ended(WorkflowStub run, List<String> outcome) {}

    /** Carries it out and waits for its end. */
    abstract Ended run(TemporalRuns temporal, OrdersDatabase database, String name) throws TimeoutException;

    private static Ended proven(WorkflowStub run) throws TimeoutException {
        RestoreResult result = result(run, RestoreResult.class);
        return new Ended(
                run,
                List.of(
                        result.verdict().name(),
                        result.phase().name(),
                        result.recovery().checks().stream()
                                .map(check -> check.name() + " " + check.passed())
                                .toList()
                                .toString()));
    }

    private static <T> T result(WorkflowStub run, Class<T> type) throws TimeoutException {
        return run.getResult(PATIENCE.toSeconds(), TimeUnit.SECONDS, type);
    }
}
