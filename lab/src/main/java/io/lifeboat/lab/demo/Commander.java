package io.lifeboat.lab.demo;

import io.grpc.StatusRuntimeException;
import io.lifeboat.lab.LabException;
import io.lifeboat.lab.LabState;
import io.lifeboat.workflow.TaskQueues;
import io.lifeboat.workflow.WireFormat;
import io.lifeboat.workflow.failover.FailoverRequest;
import io.lifeboat.workflow.failover.RegionFailoverWorkflow;
import io.lifeboat.workflow.run.Decision;
import io.lifeboat.workflow.run.RunPhase;
import io.lifeboat.workflow.run.RunStatus;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflowservice.v1.CountWorkflowExecutionsRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowExecutionMetadata;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Starts, approves and follows a failover through the Temporal client, as an alarm and a commander would. */
public final class Commander implements AutoCloseable {
    private static final Duration WHILE_A_PERSON_WAITS = Duration.ofMillis(20);
    /** A question costs the server and the worker some milliseconds, which the failover lacks where they share two cores. */
    private static final Duration WHILE_IT_WORKS = Duration.ofMillis(200);

    private final WorkflowServiceStubs service;
    private final WorkflowClient client;

    public Commander(LabState.Temporal temporal) {
        service = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(temporal.target())
                .build());
        client = WorkflowClient.newInstance(
                service,
                WorkflowClientOptions.newBuilder()
                        .setNamespace(temporal.namespace())
                        .setDataConverter(WireFormat.dataConverter())
                        .build());
    }

    /**
     * Starts and ends a run that no worker takes, and asks one that is not there: a commander's client that is up when the
     * outage comes, as his shell is. The first use of each call costs a cold JVM some hundred milliseconds.
     */
    public void rehearse() {
        WorkflowStub nobody = client.newUntypedWorkflowStub(
                RegionFailoverWorkflow.TYPE,
                WorkflowOptions.newBuilder()
                        .setWorkflowId("rehearsal")
                        .setTaskQueue("nobody")
                        .build());
        nobody.start(FailoverRequest.of("rehearsal", "rehearsal"));
        nobody.terminate("rehearsed");
        status(client.newUntypedWorkflowStub("not-there"));
    }

    public WorkflowStub start(String workflowId, FailoverRequest request) {
        return start(
                RegionFailoverWorkflow.TYPE,
                workflowId,
                "Failover of " + request.service().orElse("") + ": "
                        + request.reason().orElse(""),
                request);
    }

    /** Starts any procedure. */
    WorkflowStub start(String type, String workflowId, String summary, Object request) {
        WorkflowStub run = client.newUntypedWorkflowStub(
                type,
                WorkflowOptions.newBuilder()
                        .setWorkflowId(workflowId)
                        .setTaskQueue(TaskQueues.CONTROL)
                        .setStaticSummary(summary)
                        .build());
        run.start(request);
        return run;
    }

    /** The failover somebody starts in the UI; waits as long as it takes. */
    public WorkflowStub awaitStartedByAPerson() {
        String query = "WorkflowType='" + RegionFailoverWorkflow.TYPE + "'";
        while (true) {
            Optional<WorkflowExecutionMetadata> found = count(query) == 0
                    ? Optional.empty()
                    : client.listExecutions(query).findFirst();
            if (found.isPresent()) {
                return client.newUntypedWorkflowStub(found.get().getExecution().getWorkflowId());
            }
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
        }
    }

    private long count(String query) {
        return service.blockingStub()
                .countWorkflowExecutions(CountWorkflowExecutionsRequest.newBuilder()
                        .setNamespace(client.getOptions().getNamespace())
                        .setQuery(query)
                        .build())
                .getCount();
    }

    public void approve(WorkflowStub run, String by, String reason) {
        run.update("approve", String.class, Decision.of(by, reason));
    }

    /** The run's history as JSON. */
    public String history(String workflowId) {
        return client.fetchHistory(workflowId).toJson(true);
    }

    /** Waits for a phase, or the end; {@code onChange} sees every status on the way. */
    public RunStatus await(WorkflowStub run, RunPhase phase, Duration patience, Consumer<RunStatus> onChange) {
        return await(
                run,
                status -> status.phase() == phase || isOver(status),
                "reach " + phase,
                patience,
                WHILE_A_PERSON_WAITS,
                onChange);
    }

    /** Waits until the run has ended and its report is written. */
    public RunStatus awaitEnd(WorkflowStub run, Duration patience, Consumer<RunStatus> onChange) {
        return await(run, Commander::isOver, "end with a report", patience, WHILE_IT_WORKS, onChange);
    }

    /** Waits until a run has ended that writes no report. */
    RunStatus awaitClosed(WorkflowStub run, Duration patience, Consumer<RunStatus> onChange) {
        return await(run, status -> status.phase().isClosed(), "end", patience, WHILE_IT_WORKS, onChange);
    }

    private static RunStatus await(
            WorkflowStub run,
            Predicate<RunStatus> condition,
            String what,
            Duration patience,
            Duration pace,
            Consumer<RunStatus> onChange) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            Optional<RunStatus> status = status(run);
            status.ifPresent(onChange);
            Optional<RunStatus> met = status.filter(condition);
            if (met.isPresent()) {
                return met.get();
            }
            if (System.nanoTime() > deadline) {
                throw LabException.failed("The run did not " + what + " within " + patience.toSeconds() + " s: "
                        + StalledRun.sentence(status, pending(run)));
            }
            LockSupport.parkNanos(pace.toNanos());
        }
    }

    private static boolean isOver(RunStatus status) {
        return status.phase().isClosed() && status.report().isPresent();
    }

    private static Optional<RunStatus> status(WorkflowStub run) {
        try {
            return Optional.of(run.query("status", RunStatus.class));
        } catch (WorkflowException | StatusRuntimeException silent) {
            return Optional.empty();
        }
    }

    private static List<PendingActivityInfo> pending(WorkflowStub run) {
        try {
            return run.describe().getRawDescription().getPendingActivitiesList();
        } catch (WorkflowException | StatusRuntimeException silent) {
            return List.of(); // what the run said is told all the same
        }
    }

    @Override
    public void close() {
        service.shutdownNow();
    }
}
