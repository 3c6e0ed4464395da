package io.lifeboat.workflow.restore;

import static io.lifeboat.workflow.restore.DamagedService.ASIDE;
import static io.lifeboat.workflow.restore.DamagedService.COPY;
import static io.lifeboat.workflow.restore.DamagedService.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.SearchAttributes;
import io.lifeboat.workflow.TaskQueues;
import io.lifeboat.workflow.WireFormat;
import io.lifeboat.workflow.failover.Assessment.DatabaseRole;
import io.lifeboat.workflow.guard.ServiceGuardWorkflowImpl;
import io.lifeboat.workflow.report.ReportText;
import io.lifeboat.workflow.report.RunReport;
import io.lifeboat.workflow.restore.DamagedService.Fault;
import io.lifeboat.workflow.run.Decision;
import io.lifeboat.workflow.run.RunPhase;
import io.lifeboat.workflow.run.RunStatus;
import io.lifeboat.workflow.run.Verdict;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.WorkerFactoryOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A restore over production on the in-memory server; every task replays the whole history. */
@Execution(ExecutionMode.CONCURRENT)
@Order(1) // among the longest
class RestoreDatastoreWorkflowTest {
    private static final Instant MOMENT = Instant.parse("2026-11-21T14:04:59Z");
    private static final RestoreDatastoreRequest NEWEST =
            RestoreDatastoreRequest.of("orders", "orders-db", "a bad UPDATE");
    private static final RestoreDatastoreRequest TO_MOMENT = NEWEST.to(MOMENT);

    private final DamagedService damaged = new DamagedService();
    private TestWorkflowEnvironment server;

    @BeforeEach
    void start() {
        TestEnvironmentOptions.Builder options = TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(WireFormat.dataConverter())
                        .build())
                .setUseTimeskipping(false)
                .setWorkerFactoryOptions(WorkerFactoryOptions.newBuilder()
                        .setWorkflowCacheSize(0)
                        .build());
        SearchAttributes.ALL.forEach(
                key -> options.registerSearchAttribute(key.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD));
        server = TestWorkflowEnvironment.newInstance(options.build());
        server.newWorker(TaskQueues.CONTROL)
                .registerWorkflowImplementationTypes(
                        RestoreDatastoreWorkflowImpl.class, ServiceGuardWorkflowImpl.class);
        server.newWorker(TaskQueues.FAILOVER).registerActivitiesImplementations(damaged);
        server.newWorker(TaskQueues.BULK).registerActivitiesImplementations(damaged);
        server.start();
    }

    /** No invariant was broken after any call. */
    @AfterEach
    void stop() {
        server.close();
        assertThat(damaged.violations).isEmpty();
    }

    @Test
    void goesBackToAMomentInTheSafeOrder() {
        RestoreDatastoreResult result = complete(TO_MOMENT);

        assertThat(damaged.seen()).contains("Schedule_Pause");
        assertThat(damaged.seen().stream().filter(call -> !call.equals("Schedule_Pause")))
                .containsExactly(
                        "Runbook_Load",
                        "Assessment_Assess",
                        "Replacement_Choose",
                        "Epoch_Take",
                        "Restore_Mark",
                        "Fence_Fence kubernetes",
                        "Fence_Fence database",
                        "Restore_AwaitArchived 0/5000000",
                        "Replacement_Build",
                        "Replacement_Exchange",
                        "Fence_Lift database",
                        "Fence_Lift kubernetes",
                        "Verification_Verify the api answers",
                        "Verification_Verify an order can be read",
                        "Verification_Verify every order names an item",
                        "Verification_Verify the database is writable",
                        "Epoch_Close us-east-1",
                        "Schedule_Resume",
                        "Restore_Prove 20261121T020000Z-base",
                        "Client_Read",
                        "Report_Write");
        assertThat(damaged.databases).containsEntry(SERVICE, "restored").containsEntry(ASIDE, "damaged");
        assertThat(result.verdict()).isEqualTo(Verdict.GREEN);
        assertThat(result.kept()).isEqualTo(ASIDE);
        assertThat(result.headline())
                .isEqualTo("orders-db is back in its state of 2026-11-21T14:04:59Z; the damaged database is kept as "
                        + ASIDE + ". Clients were without service for 42.0 s, within the RTO of 30 min 0 s."
                        + " 20 of 1000 acknowledged writes are lost (15.0 s), within the RPO of 60 min 0 s.");
    }

    @Test
    void theNewestProvenBackupNeedsNoLog() {
        RestoreDatastoreResult result = complete(NEWEST);

        assertThat(result.replacement().id()).isEqualTo("20261121T020000Z-nightly");
        assertThat(damaged.seen()).noneMatch(call -> call.startsWith("Restore_Mark") || call.contains("Archived"));
    }

    @Test
    void theReportTellsOfARestoreAndNotOfAFailover() {
        complete(TO_MOMENT);

        RunReport report = damaged.reports.getFirst();
        assertThat(report.clocks().restore()).isPresent();
        assertThat(report.markers())
                .singleElement()
                .satisfies(m -> assertThat(m.lostSeconds()).isEqualTo(14.2));
        assertThat(ReportText.render(report, false, 100))
                .contains("Restore datastore of orders, us-east-1\n")
                .contains("Stop writers")
                .doesNotContain("Promote")
                .doesNotContain("Traffic");
    }

    @Test
    void changesNothingBeforeThePlanIsApproved() {
        WorkflowStub run = begin(TO_MOMENT);
        awaitStatus(run, status -> status.phase() == RunPhase.AWAITING_APPROVAL);

        assertThat(status(run).headline())
                .startsWith("orders-db in us-east-1 can be brought back to its state of 2026-11-21T14:04:59Z, from"
                        + " 20261121T020000Z-base. What was written after that is not in it;");
        run.update("reject", String.class, Decision.of("ana", "not that moment"));

        assertThat(failure(run).getType()).isEqualTo(FailureType.APPROVAL_REJECTED.name());
        assertThat(damaged.seen())
                .containsExactly("Runbook_Load", "Assessment_Assess", "Replacement_Choose", "Report_Write");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Fence_Fence", "Restore_AwaitArchived", "Replacement_Build", "Replacement_Exchange"})
    void abortBeforeTheWritersStartLeavesEverythingAsItWas(String failing) {
        damaged.inject(failing, Fault.FAIL_FOR_GOOD);
        WorkflowStub run = begin(TO_MOMENT);
        approve(run);
        awaitStatus(
                run,
                status ->
                        status.waitingFor().filter(w -> w.contains("retryStep")).isPresent());
        run.update("abort", String.class, Decision.of("ana", "we repair by hand"));

        assertThat(failure(run).getType()).isEqualTo(FailureType.ABORTED.name());
        assertThat(status(run).phase()).isEqualTo(RunPhase.ROLLED_BACK);
        assertThat(damaged.databases).containsOnly(Map.entry(SERVICE, "damaged"));
        assertThat(damaged.writersRun).isTrue();
        assertThat(damaged.open).isTrue();
        assertThat(damaged.schedulesPaused).isFalse();
    }

    @Test
    void thereIsNoWayBackOnceTheWritersMayHaveStarted() {
        damaged.inject("Fence_Lift", Fault.FAIL_FOR_GOOD);
        WorkflowStub run = begin(NEWEST);
        approve(run);
        awaitStatus(
                run,
                status ->
                        status.waitingFor().filter(w -> w.contains("retryStep")).isPresent());

        assertThat(refusal(run, "abort")).contains("point of no return");
        run.update("retryStep", String.class, Decision.of("ana", "again"));

        assertThat(run.getResult(RestoreDatastoreResult.class).verdict()).isEqualTo(Verdict.GREEN);
        assertThat(damaged.databases).containsEntry(SERVICE, "restored").doesNotContainKey(COPY);
    }

    @Test
    void nothingIsRestoredWhileSomethingWrites() {
        damaged.proofByKubernetes = false;
        WorkflowStub run = begin(NEWEST);
        approve(run);
        awaitStatus(
                run,
                status -> status.waitingFor()
                        .filter(w -> w.contains("Stop writers"))
                        .isPresent());

        assertThat(damaged.seen()).noneMatch(call -> call.startsWith("Replacement_Build"));
        assertThat(refusal(run, "skipStep")).contains("may not be left out");
        damaged.proofByKubernetes = true;
        run.update("retryStep", String.class, Decision.of("ana", "the pod is gone"));

        assertThat(run.getResult(RestoreDatastoreResult.class).verdict()).isEqualTo(Verdict.GREEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Runbook_Load",
                "Assessment_Assess",
                "Replacement_Choose",
                "Epoch_Take",
                "Restore_Mark",
                "Fence_Fence",
                "Restore_AwaitArchived",
                "Replacement_Build",
                "Replacement_Exchange",
                "Fence_Lift",
                "Verification_Verify",
                "Epoch_Close",
                "Schedule_Pause",
                "Schedule_Resume",
                "Restore_Prove",
                "Client_Read",
                "Report_Write"
            })
    void survivesAnyCallThatFailsOnceOrLosesItsReply(String activity) {
        damaged.inject(activity, Fault.FAIL_BEFORE);
        damaged.inject(activity, Fault.LOSE_REPLY);

        RestoreDatastoreResult result = complete(TO_MOMENT);

        assertThat(result.verdict()).isEqualTo(Verdict.GREEN);
        assertThat(damaged.databases).containsEntry(SERVICE, "restored").containsEntry(ASIDE, "damaged");
        assertThat(damaged.writersRun && damaged.open && !damaged.schedulesPaused)
                .isTrue();
        assertThat(damaged.epoch).isEqualTo(1);
    }

    @Test
    void looksAgainWhenABusyDatabaseDoesNotAnswerAtOnce() {
        damaged.silentLooks = 2;

        complete(TO_MOMENT);

        assertThat(damaged.seen()).filteredOn("Assessment_Assess"::equals).hasSize(3);
    }

    @Test
    void endsWhenTheDatabaseStaysSilent() {
        damaged.silentLooks = 3;

        ApplicationFailure failure = failure(begin(TO_MOMENT));

        assertThat(failure.getType()).isEqualTo(FailureType.PRECONDITION_FAILED.name());
        assertThat(failure.getOriginalMessage())
                .contains(
                        "not reachable",
                        "Where the database was dropped, make an empty one of its name, owned by Lifeboat's role, and");
        assertThat(damaged.seen()).filteredOn("Assessment_Assess"::equals).hasSize(3);
    }

    @Test
    void endsAtOnceWhereTheDatabaseIsNoPrimary() {
        damaged.role = DatabaseRole.STANDBY;

        assertThat(failure(begin(NEWEST)).getOriginalMessage())
                .isEqualTo("Cannot restore \"orders-db\": the service lives in us-east-1, and there it is a standby"
                        + " (timeline 1). Nothing was done. Bring its server up first, or fail the service over.");
    }

    @Test
    void endsAtOnceWhereNoBackupFits() {
        damaged.inject("Replacement_Choose", Fault.FAIL_FOR_GOOD);

        ApplicationFailure failure = failure(begin(NEWEST));

        assertThat(failure.getType()).isEqualTo(FailureType.PRECONDITION_FAILED.name());
        assertThat(damaged.seen()).doesNotContain("Epoch_Take");
    }

    @Test
    void saysEverythingThatTheRequestLacks() {
        assertThat(failure(begin(RestoreDatastoreRequest.orEmpty(null))).getOriginalMessage())
                .contains("\"service\" is missing")
                .contains("\"reason\" is missing");
        assertThat(damaged.seen()).isEmpty();
    }

    private RestoreDatastoreResult complete(RestoreDatastoreRequest request) {
        WorkflowStub run = begin(request);
        approve(run);
        return run.getResult(RestoreDatastoreResult.class);
    }

    private WorkflowStub begin(RestoreDatastoreRequest request) {
        WorkflowStub run = server.getWorkflowClient()
                .newUntypedWorkflowStub(
                        RestoreDatastoreWorkflow.TYPE,
                        WorkflowOptions.newBuilder()
                                .setWorkflowId("restore/orders/1")
                                .setTaskQueue(TaskQueues.CONTROL)
                                .build());
        run.start(request);
        return run;
    }

    private static void approve(WorkflowStub run) {
        awaitStatus(run, status -> status.phase() == RunPhase.AWAITING_APPROVAL);
        run.update("approve", String.class, Decision.of("ana", "go"));
    }

    private static String refusal(WorkflowStub run, String verb) {
        try {
            run.update(verb, String.class, Decision.of("ana", "because"));
        } catch (WorkflowUpdateException refused) {
            return ((ApplicationFailure) refused.getCause()).getOriginalMessage();
        }
        throw new AssertionError(verb + " was accepted");
    }

    private static RunStatus status(WorkflowStub run) {
        return run.query("status", RunStatus.class);
    }

    private static void awaitStatus(WorkflowStub run, Predicate<RunStatus> condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.test(status(run))) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("it did not come to that: " + status(run));
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    private static ApplicationFailure failure(WorkflowStub run) {
        try {
            run.getResult(RestoreDatastoreResult.class);
        } catch (WorkflowFailedException failed) {
            return (ApplicationFailure) failed.getCause();
        }
        throw new AssertionError("the run succeeded");
    }
}
