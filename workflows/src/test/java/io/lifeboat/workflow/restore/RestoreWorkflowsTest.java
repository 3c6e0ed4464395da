package io.lifeboat.workflow.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.SearchAttributes;
import io.lifeboat.workflow.TaskQueues;
import io.lifeboat.workflow.WireFormat;
import io.lifeboat.workflow.guard.ServiceGuardWorkflowImpl;
import io.lifeboat.workflow.run.RunStatus;
import io.lifeboat.workflow.run.StepState;
import io.lifeboat.workflow.run.StepStatus;
import io.lifeboat.workflow.run.Verdict;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.WorkerFactoryOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The restore tests on the in-memory server; every task replays the whole history. */
class RestoreWorkflowsTest {
    private static final Path CATALOG = Path.of("..", "runbooks", "catalog", "orders.yaml");
    private static final Path LOGICAL_ONLY =
            Path.of("src/test/resources/io/lifeboat/workflow/backup/two-datastores.yaml");

    private Optional<TestWorkflowEnvironment> environment = Optional.empty();

    @AfterEach
    void stop() {
        environment.ifPresent(TestWorkflowEnvironment::close);
    }

    @Test
    void provesThatTheDatastoreCanGoBackBetweenTwoMarkers() {
        RecordingRestores restores = new RecordingRestores(CATALOG);

        RestoreResult result = start(restores, PitrTestWorkflow.TYPE, RestoreRequest.of("orders", "orders-db"))
                .getResult(RestoreResult.class);

        assertThat(result.verdict()).isEqualTo(Verdict.GREEN);
        assertThat(result.target()).isEqualTo(RecordingRestores.TARGET);
        assertThat(result.headline())
                .isEqualTo("orders-db can go back to 2026-11-22T04:00:01Z: recovered in 1.5 s, 1 checks passed.");
        assertThat(restores.calls)
                .containsExactly(
                        "choose",
                        "mark",
                        "awaitArchived 0/5000000",
                        "recover",
                        "prove 20261122T020000Z-base",
                        "trim 42");
        assertThat(restores.recoveries.getFirst().target()).isPresent();
        assertThat(restores.recoveries.getFirst().checks())
                .extracting(test -> test.name())
                .contains("the database is writable");
    }

    @Test
    void goesBackToTheMomentAskedFor() {
        RecordingRestores restores = new RecordingRestores(CATALOG);
        Instant moment = Instant.parse("2026-11-22T03:00:00Z");

        RestoreResult result = start(
                        restores,
                        PitrTestWorkflow.TYPE,
                        RestoreRequest.of("orders", "orders-db").to(moment))
                .getResult(RestoreResult.class);

        assertThat(result.target()).isEqualTo(moment);
    }

    @Test
    void provesNothingWhenTheCopyIsNotAsItMustBe() {
        RecordingRestores restores = new RecordingRestores(CATALOG);
        restores.fail("recover", FailureType.BACKUP_CORRUPT);
        WorkflowStub run = start(restores, PitrTestWorkflow.TYPE, RestoreRequest.of("orders", "orders-db"));

        ApplicationFailure failure = failure(run);

        assertThat(failure.getType()).isEqualTo(FailureType.BACKUP_CORRUPT.name());
        assertThat(failure.getOriginalMessage()).isEqualTo("Recover in isolation: Cannot recover: a test says so.");
        assertThat(restores.calls).noneMatch(call -> call.startsWith("prove") || call.startsWith("trim"));
        RunStatus status = run.query("status", RunStatus.class);
        assertThat(status.verdict()).contains(Verdict.RED);
        assertThat(status.steps())
                .filteredOn(step -> step.state() == StepState.FAILED)
                .extracting(StepStatus::name)
                .containsExactly("Recover in isolation");
    }

    @Test
    void aSmokeRestoreNeedsNoArchive() {
        RecordingRestores restores = new RecordingRestores(CATALOG);

        RestoreResult result = start(restores, SmokeRestoreWorkflow.TYPE, RestoreRequest.of("orders", ""))
                .getResult(RestoreResult.class);

        assertThat(result.verdict()).isEqualTo(Verdict.GREEN);
        assertThat(restores.calls).containsExactly("choose", "choose", "recover", "prove 20261122T020000Z-nightly");
        assertThat(restores.recoveries.getFirst().target()).isEmpty();
    }

    @Test
    void aSmokeRestoreTakesThePolicyThatWasProvenTheLongestTimeAgo() {
        RecordingRestores restores = new RecordingRestores(CATALOG);
        restores.proofs.put("nightly", Instant.parse("2026-11-21T06:00:00Z"));
        restores.proofs.put("base", Instant.parse("2026-11-20T06:00:00Z"));

        start(restores, SmokeRestoreWorkflow.TYPE, RestoreRequest.of("orders", ""))
                .getResult(RestoreResult.class);

        assertThat(restores.calls).contains("prove 20261122T020000Z-base");
    }

    @Test
    void aSmokeRestoreOfOneBackupChoosesOfItsPolicyAlone() {
        RecordingRestores restores = new RecordingRestores(CATALOG);
        String id = "20261101T020000Z-nightly";

        start(
                        restores,
                        SmokeRestoreWorkflow.TYPE,
                        RestoreRequest.of("orders", "orders-db").ofBackup(id))
                .getResult(RestoreResult.class);

        assertThat(restores.calls).containsExactly("choose", "recover", "prove " + id);
    }

    @Test
    void provesThePolicyOfTheOtherRegionInItsTurn(@TempDir Path folder) throws IOException {
        RecordingRestores restores = new RecordingRestores(withTwoBasePolicies(folder));
        restores.proofs.put("base", Instant.parse("2026-11-20T06:00:00Z"));

        start(restores, PitrTestWorkflow.TYPE, RestoreRequest.of("orders", "orders-db"))
                .getResult(RestoreResult.class);

        assertThat(restores.calls).startsWith("choose", "choose", "mark").contains("prove 20261122T020000Z-base-west");
    }

    /** The catalog's, with the policy {@code base} once more, as {@code base-west}. */
    private static Path withTwoBasePolicies(Path folder) throws IOException {
        String text = Files.readString(CATALOG);
        int begin = text.indexOf("      - name: base\n");
        int end = text.indexOf("\n\n", begin) + 1;
        String base = text.substring(begin, end);
        Path runbook = folder.resolve("orders.yaml");
        Files.writeString(
                runbook,
                text.substring(0, end) + base.replace("name: base\n", "name: base-west\n") + text.substring(end));
        return runbook;
    }

    @Test
    void aSmokeRestoreTakesTheSmallestDatastoreThatHasABackup() {
        RecordingRestores restores = new RecordingRestores(LOGICAL_ONLY);
        restores.sizes.putAll(Map.of("orders-db", 5_000L, "invoices-db", 70L));
        RestoreRequest any = RestoreRequest.of("orders", "");

        RestoreResult smallest = start(restores, SmokeRestoreWorkflow.TYPE, any).getResult(RestoreResult.class);
        stop();
        restores.sizes.put("invoices-db", 0L);
        WorkflowStub run = start(restores, SmokeRestoreWorkflow.TYPE, any);
        RestoreResult onlyOne = run.getResult(RestoreResult.class);

        assertThat(smallest.datastore()).isEqualTo("invoices-db");
        assertThat(onlyOne.datastore()).isEqualTo("orders-db");
        assertThat(run.query("status", RunStatus.class).steps().getFirst().detail())
                .endsWith(" No backup of hourly: Cannot restore: there is no base backup yet.");
    }

    @Test
    void aSmokeRestoreTakesAnOlderBackupNowAndThen() {
        List<Integer> drawn = IntStream.range(0, 1000)
                .mapToObj(n ->
                        SmokeRestoreWorkflowImpl.older(UUID.nameUUIDFromBytes(new byte[] {(byte) n, (byte) (n >> 8)})
                                .toString()))
                .toList();

        assertThat(drawn.stream().filter(older -> older > 0).count()).isBetween(150L, 250L);
        assertThat(drawn).contains(0, 1, 2, 3, 4, 5, 6, 7, 8).allMatch(older -> older <= 8);
    }

    @Test
    void saysWhatTheRunbookLacks() {
        RecordingRestores restores = new RecordingRestores(LOGICAL_ONLY);

        ApplicationFailure failure =
                failure(start(restores, PitrTestWorkflow.TYPE, RestoreRequest.of("orders", "orders-db")));

        assertThat(failure.getType()).isEqualTo(FailureType.PRECONDITION_FAILED.name());
        assertThat(failure.getOriginalMessage())
                .contains(
                        "no policy with method `basebackup` and an `archive` or `pgbackrest`. Add one, or prove a backup as"
                                + " it is, by SmokeRestore: 'lifeboat backups prove orders --as-it-is'.");
        assertThat(restores.calls).isEmpty();
    }

    @Test
    void saysThatTheBackupIsOfNoPolicy() {
        RecordingRestores restores = new RecordingRestores(CATALOG);

        ApplicationFailure failure = failure(start(
                restores,
                SmokeRestoreWorkflow.TYPE,
                RestoreRequest.of("orders", "").ofBackup("20261101T020000Z-nightlies")));

        assertThat(failure.getOriginalMessage())
                .isEqualTo(
                        "Cannot restore backup 20261101T020000Z-nightlies of \"orders\" in an isolated instance as it is:"
                                + " its runbook has no policy of that backup's name that takes whole backups."
                                + " See what there is with 'lifeboat backups list orders'.");
        assertThat(restores.calls).isEmpty();
    }

    @Test
    void saysThatTheDatastoreIsUnknown() {
        RecordingRestores restores = new RecordingRestores(CATALOG);

        ApplicationFailure failure =
                failure(start(restores, PitrTestWorkflow.TYPE, RestoreRequest.of("orders", "order-db")));

        assertThat(failure.getType()).isEqualTo(FailureType.TARGET_NOT_FOUND.name());
        assertThat(failure.getOriginalMessage()).contains("its runbook has [orders-db]. Name one of them.");
    }

    private WorkflowStub start(RecordingRestores restores, String type, RestoreRequest request) {
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
        TestWorkflowEnvironment server = TestWorkflowEnvironment.newInstance(options.build());
        environment = Optional.of(server);
        server.newWorker(TaskQueues.CONTROL)
                .registerWorkflowImplementationTypes(
                        PitrTestWorkflowImpl.class, SmokeRestoreWorkflowImpl.class, ServiceGuardWorkflowImpl.class);
        server.newWorker(TaskQueues.BULK).registerActivitiesImplementations(restores);
        server.start();
        WorkflowStub run = server.getWorkflowClient()
                .newUntypedWorkflowStub(
                        type,
                        WorkflowOptions.newBuilder()
                                .setWorkflowId("restore-test")
                                .setTaskQueue(TaskQueues.CONTROL)
                                .build());
        run.start(request);
        return run;
    }

    private static ApplicationFailure failure(WorkflowStub run) {
        try {
            run.getResult(RestoreResult.class);
        } catch (WorkflowFailedException failed) {
            assertThat(failed.getCause()).isInstanceOf(ApplicationFailure.class);
            return (ApplicationFailure) failed.getCause();
        }
        throw new AssertionError("the run succeeded");
    }
}
