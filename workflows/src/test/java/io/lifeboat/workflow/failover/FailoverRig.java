package io.lifeboat.workflow.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifeboat.workflow.SearchAttributes;
import io.lifeboat.workflow.TaskQueues;
import io.lifeboat.workflow.WireFormat;
import io.lifeboat.workflow.guard.ServiceGuardWorkflowImpl;
import io.lifeboat.workflow.run.Decision;
import io.lifeboat.workflow.run.RunPhase;
import io.lifeboat.workflow.run.RunStatus;
import io.lifeboat.workflow.run.StepState;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.WorkerFactoryOptions;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** A failover on the in-memory server over two recorded regions, and a commander's hands on it. */
final class FailoverRig implements AutoCloseable {
    final RecordingPorts ports;
    final TwoRegions regions;
    final TestWorkflowEnvironment environment;

    FailoverRig(TwoRegions regions) {
        this(regions, 600);
    }

    /** @param cachedWorkflows 0 makes every workflow task replay the whole history */
    FailoverRig(TwoRegions regions, int cachedWorkflows) {
        this.regions = regions;
        this.ports = new RecordingPorts(regions);
        TestEnvironmentOptions.Builder options = TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(WireFormat.dataConverter())
                        // Recorded histories name no machine.
                        .setIdentity("rig")
                        .build())
                // Skipped time jumps over activities that a busy machine has not picked up yet.
                .setUseTimeskipping(false)
                .setWorkerFactoryOptions(WorkerFactoryOptions.newBuilder()
                        .setWorkflowCacheSize(cachedWorkflows)
                        .build());
        SearchAttributes.ALL.forEach(
                key -> options.registerSearchAttribute(key.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD));
        environment = TestWorkflowEnvironment.newInstance(options.build());
        environment
                .newWorker(TaskQueues.CONTROL)
                .registerWorkflowImplementationTypes(RegionFailoverWorkflowImpl.class, ServiceGuardWorkflowImpl.class);
        environment.newWorker(TaskQueues.FAILOVER).registerActivitiesImplementations(ports);
        environment.start();
    }

    WorkflowStub start(String id) {
        return start(id, FailoverRequest.of("orders", "us-east-1 is gone"));
    }

    WorkflowStub start(String id, FailoverRequest request) {
        WorkflowStub run = environment
                .getWorkflowClient()
                .newUntypedWorkflowStub(
                        RegionFailoverWorkflow.TYPE,
                        WorkflowOptions.newBuilder()
                                .setWorkflowId(id)
                                .setTaskQueue(TaskQueues.CONTROL)
                                .build());
        run.start(request);
        return run;
    }

    /** Starts a run and brings it to its end with one approval. */
    FailoverResult complete(String id) {
        WorkflowStub run = start(id);
        approve(run, "ana");
        return result(run);
    }

    void approve(WorkflowStub run, String by) {
        awaitPhase(run, RunPhase.AWAITING_APPROVAL);
        say(run, "approve", by);
    }

    String say(WorkflowStub run, String verb, String by) {
        return run.update(verb, String.class, Decision.of(by, "because"));
    }

    /** The message with which an update is refused. */
    String refusal(WorkflowStub run, String verb, Object decision) {
        try {
            run.update(verb, String.class, decision);
        } catch (WorkflowUpdateException refused) {
            assertThat(refused.getCause()).isInstanceOf(ApplicationFailure.class);
            return ((ApplicationFailure) refused.getCause()).getOriginalMessage();
        }
        throw new AssertionError(verb + " was accepted");
    }

    RunStatus status(WorkflowStub run) {
        return run.query("status", RunStatus.class);
    }

    FailoverResult result(WorkflowStub run) {
        return run.getResult(FailoverResult.class);
    }

    /** The failure a run ends with. */
    ApplicationFailure failure(WorkflowStub run) {
        try {
            run.getResult(FailoverResult.class);
        } catch (WorkflowFailedException failed) {
            assertThat(failed.getCause()).isInstanceOf(ApplicationFailure.class);
            return (ApplicationFailure) failed.getCause();
        }
        throw new AssertionError("the run succeeded");
    }

    void awaitPhase(WorkflowStub run, RunPhase phase) {
        awaitStatus(run, status -> status.phase() == phase);
    }

    void awaitWaitingFor(WorkflowStub run, String step) {
        awaitStatus(
                run,
                status ->
                        status.steps().stream().anyMatch(s -> s.name().equals(step) && s.state() == StepState.WAITING));
    }

    void awaitStatus(WorkflowStub run, Predicate<RunStatus> condition) {
        await(() -> condition.test(status(run)));
    }

    static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("the condition did not become true within 60 s");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    WorkflowClient client() {
        return environment.getWorkflowClient();
    }

    static StepState stateOf(RunStatus status, String step) {
        return status.steps().stream()
                .filter(s -> s.name().equals(step))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no step " + step + " in "
                        + Arrays.toString(status.steps().toArray())))
                .state();
    }

    /** No invariant was broken after any call; checked by every test when it ends. */
    @Override
    public void close() {
        environment.close();
        assertThat(regions.violations).isEmpty();
    }
}
