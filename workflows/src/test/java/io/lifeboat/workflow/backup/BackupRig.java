package io.lifeboat.workflow.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifeboat.workflow.SearchAttributes;
import io.lifeboat.workflow.TaskQueues;
import io.lifeboat.workflow.WireFormat;
import io.lifeboat.workflow.guard.ServiceGuardWorkflowImpl;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.WorkerFactoryOptions;

/** The procedures on backups on the in-memory server, over recorded backups. Every task replays the whole history. */
final class BackupRig implements AutoCloseable {
    final RecordingBackups backups = new RecordingBackups();
    private final TestWorkflowEnvironment environment;

    BackupRig() {
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
        environment = TestWorkflowEnvironment.newInstance(options.build());
        environment
                .newWorker(TaskQueues.CONTROL)
                .registerWorkflowImplementationTypes(
                        NightlyBackupWorkflowImpl.class,
                        ListBackupsWorkflowImpl.class,
                        VerifyBackupWorkflowImpl.class,
                        PruneBackupsWorkflowImpl.class,
                        AcceptGapWorkflowImpl.class,
                        ServiceGuardWorkflowImpl.class);
        environment.newWorker(TaskQueues.BULK).registerActivitiesImplementations(backups);
        environment.start();
    }

    WorkflowStub start(String type, String id, BackupRequest request) {
        WorkflowStub run = environment
                .getWorkflowClient()
                .newUntypedWorkflowStub(
                        type,
                        WorkflowOptions.newBuilder()
                                .setWorkflowId(id)
                                .setTaskQueue(TaskQueues.CONTROL)
                                .build());
        run.start(request);
        return run;
    }

    BackupResult backUp(String id) {
        return start(NightlyBackupWorkflow.TYPE, id, BackupRequest.of("orders")).getResult(BackupResult.class);
    }

    /** The failure a run ends with. */
    static ApplicationFailure failure(WorkflowStub run) {
        try {
            run.getResult(Object.class);
        } catch (WorkflowFailedException failed) {
            assertThat(failed.getCause()).isInstanceOf(ApplicationFailure.class);
            return (ApplicationFailure) failed.getCause();
        }
        throw new AssertionError("the run succeeded");
    }

    @Override
    public void close() {
        backups.go.countDown();
        environment.close();
    }
}
