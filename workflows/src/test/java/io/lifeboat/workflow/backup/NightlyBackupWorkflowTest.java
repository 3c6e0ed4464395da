package io.lifeboat.workflow.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.run.RunPhase;
import io.lifeboat.workflow.run.RunStatus;
import io.lifeboat.workflow.run.StepState;
import io.lifeboat.workflow.run.StepStatus;
import io.lifeboat.workflow.run.Verdict;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class NightlyBackupWorkflowTest {
    @Test
    void takesCopiesAndPrunesEachDueBackup() {
        try (BackupRig rig = new BackupRig()) {
            BackupResult result = rig.backUp("backup/orders/1");

            assertThat(result.verdict()).isEqualTo(Verdict.GREEN);
            assertThat(result.phase()).isEqualTo(RunPhase.SUCCEEDED);
            assertThat(result.backups())
                    .extracting(BackupReceipt::datastore)
                    .containsExactlyInAnyOrder("orders-db", "invoices-db");
            assertThat(rig.backups.calls)
                    .containsSubsequence(
                            "plan",
                            "take orders-db",
                            "copy orders-db to us-east-1",
                            "prune orders-db in us-east-1",
                            "prune orders-db in us-west-2");
        }
    }

    @Test
    void readsABackupBackThatHasNoCopy() {
        try (BackupRig rig = new BackupRig()) {
            rig.backUp("backup/orders/1");

            assertThat(rig.backups.calls)
                    .containsSubsequence(
                            "take invoices-db", "verify invoices-db in us-west-2", "prune invoices-db in us-west-2");
        }
    }

    @Test
    void aBackupOfAnUnusualSizeIsTakenAndShowsAmber() {
        try (BackupRig rig = new BackupRig()) {
            rig.backups.unusual.put("orders-db", "It has shrunk.");

            BackupResult result = rig.backUp("backup/orders/1");

            assertThat(result.verdict()).isEqualTo(Verdict.AMBER);
            assertThat(result.headline())
                    .isEqualTo("2 of 2 backups were taken and copied. orders-db nightly: It has shrunk.");
            assertThat(rig.backups.calls).contains("copy orders-db to us-east-1");
        }
    }

    @Test
    void oneFailureStopsNothingElseAndTheRunEndsRed() {
        try (BackupRig rig = new BackupRig()) {
            rig.backups.fail("take orders-db", FailureType.PRECONDITION_FAILED);
            WorkflowStub run = rig.start(NightlyBackupWorkflow.TYPE, "backup/orders/1", BackupRequest.of("orders"));

            ApplicationFailure failure = BackupRig.failure(run);

            assertThat(failure.getType()).isEqualTo(FailureType.COMPLETED_WITH_FAILURES.name());
            assertThat(failure.getOriginalMessage())
                    .isEqualTo(
                            "1 of 2 backups were taken. Take orders-db nightly: Cannot take orders-db: a test says so.");
            BackupResult result = failure.getDetails().get(BackupResult.class);
            assertThat(result.backups()).extracting(BackupReceipt::datastore).containsExactly("invoices-db");
            assertThat(rig.backups.calls)
                    .contains("prune invoices-db in us-west-2")
                    .noneMatch(call -> call.startsWith("prune orders-db") || call.startsWith("copy orders-db"));
            RunStatus status = run.query("status", RunStatus.class);
            assertThat(status.phase()).isEqualTo(RunPhase.COMPLETED_WITH_FAILURES);
            assertThat(status.steps())
                    .filteredOn(step -> step.state() == StepState.FAILED)
                    .extracting(StepStatus::name)
                    .containsExactly("Take orders-db nightly");
        }
    }

    @Test
    void prunesNoPlaceThatLacksTheNewBackup() {
        try (BackupRig rig = new BackupRig()) {
            rig.backups.fail("copy orders-db to us-east-1", FailureType.BACKUP_CORRUPT);

            BackupRig.failure(rig.start(NightlyBackupWorkflow.TYPE, "backup/orders/1", BackupRequest.of("orders")));

            assertThat(rig.backups.calls).noneMatch(call -> call.startsWith("prune orders-db"));
        }
    }

    @Test
    void skipsWithAReasonWhileAnEarlierRunGoesOn() throws InterruptedException {
        try (BackupRig rig = new BackupRig()) {
            rig.backups.waits = true;
            WorkflowStub first = rig.start(NightlyBackupWorkflow.TYPE, "backup/orders/1", BackupRequest.of("orders"));
            assertThat(rig.backups.planned.await(60, TimeUnit.SECONDS)).isTrue();

            BackupResult second = rig.backUp("backup/orders/2");
            rig.backups.go.countDown();

            assertThat(second.phase()).isEqualTo(RunPhase.SKIPPED);
            assertThat(second.headline()).startsWith("Skipped: an earlier backup run of orders still goes on.");
            assertThat(first.getResult(BackupResult.class).verdict()).isEqualTo(Verdict.GREEN);
            assertThat(rig.backups.calls.stream().filter("plan"::equals)).hasSize(1);
        }
    }

    @Test
    void saysWhyNothingWasDue() {
        try (BackupRig rig = new BackupRig()) {
            rig.backups.nothingDue = true;

            BackupResult result = rig.backUp("backup/orders/1");

            assertThat(result.verdict()).isEqualTo(Verdict.GREEN);
            assertThat(result.headline()).isEqualTo("Nothing was due: a; b.");
        }
    }

    @Test
    void freesItsGuardForTheNextRun() {
        try (BackupRig rig = new BackupRig()) {
            rig.backups.fail("plan", FailureType.TARGET_NOT_FOUND);
            BackupRig.failure(rig.start(NightlyBackupWorkflow.TYPE, "backup/orders/1", BackupRequest.of("orders")));
            rig.backups.failures.clear();

            assertThat(rig.backUp("backup/orders/2").phase()).isEqualTo(RunPhase.SUCCEEDED);
        }
    }

    @Test
    void refusesARequestThatNamesNoService() {
        try (BackupRig rig = new BackupRig()) {
            ApplicationFailure failure =
                    BackupRig.failure(rig.start(NightlyBackupWorkflow.TYPE, "backup/orders/1", BackupRequest.of(" ")));

            assertThat(failure.getType()).isEqualTo(FailureType.INVALID_REQUEST.name());
            assertThat(failure.getOriginalMessage()).contains("{\"service\":\"orders\"}");
        }
    }

    @Test
    void refusesADatastoreTheRunbookDoesNotHave() {
        try (BackupRig rig = new BackupRig()) {
            ApplicationFailure failure = BackupRig.failure(rig.start(
                    ListBackupsWorkflow.TYPE,
                    "backup/orders/list",
                    BackupRequest.of("orders").only(Optional.of("order-db"))));

            assertThat(failure.getType()).isEqualTo(FailureType.TARGET_NOT_FOUND.name());
            assertThat(failure.getOriginalMessage())
                    .isEqualTo("Cannot find datastore \"order-db\" of \"orders\": its runbook has \"orders-db\","
                            + " \"invoices-db\". Name one of them.");
        }
    }

    @Test
    void plansRetentionWithoutTheGuard() throws InterruptedException {
        try (BackupRig rig = new BackupRig()) {
            rig.backups.waits = true;
            rig.start(NightlyBackupWorkflow.TYPE, "backup/orders/1", BackupRequest.of("orders"));
            assertThat(rig.backups.planned.await(60, TimeUnit.SECONDS)).isTrue();
            BackupRequest request = BackupRequest.of("orders");

            WorkflowStub plan = rig.start(PruneBackupsWorkflow.TYPE, "prune/1", request.withoutRemoving());
            WorkflowStub prune = rig.start(PruneBackupsWorkflow.TYPE, "prune/2", request);

            assertThat(plan.getResult(PruneBackupsWorkflow.Pruned.class).places())
                    .hasSize(3);
            assertThat(BackupRig.failure(prune).getType()).isEqualTo(FailureType.ALREADY_RUNNING.name());
            assertThat(List.copyOf(rig.backups.calls))
                    .filteredOn(call -> call.startsWith("prune"))
                    .allMatch(call -> call.endsWith("(plan)"));
        }
    }
}
