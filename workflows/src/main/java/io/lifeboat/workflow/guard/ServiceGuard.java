package io.lifeboat.workflow.guard;

import io.lifeboat.workflow.FailureType;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.ChildWorkflowCancellationType;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import java.util.ArrayList;
import java.util.List;

/** Takes and releases the guard of a service on behalf of a run. */
public final class ServiceGuard {
    private final String service;
    private final String procedure;
    private final String guardId;
    private final CancellationScope scope;
    private final Promise<WorkflowExecution> started;
    private final Promise<Void> held;

    private ServiceGuard(
            String service,
            String procedure,
            String guardId,
            CancellationScope scope,
            Promise<WorkflowExecution> started,
            Promise<Void> held) {
        this.service = service;
        this.procedure = procedure;
        this.guardId = guardId;
        this.scope = scope;
        this.started = started;
        this.held = held;
    }

    /**
     * Asks for the guard without waiting for it. The guard lives in a scope of its own, so that a run that is cancelled keeps it
     * until its compensations are done.
     */
    public static ServiceGuard ask(String service, String procedure) {
        return ask(service, procedure, "guard/" + service);
    }

    /** Asks for the guard of one kind of work on a service, which hinders no other kind. */
    public static ServiceGuard ask(String service, String procedure, String guardId) {
        WorkflowInfo self = Workflow.getInfo();
        ServiceGuardWorkflow guard = Workflow.newChildWorkflowStub(
                ServiceGuardWorkflow.class,
                ChildWorkflowOptions.newBuilder()
                        .setWorkflowId(guardId)
                        .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_REQUEST_CANCEL)
                        .setCancellationType(ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED)
                        .setStaticSummary(procedure + " holds " + service)
                        .build());
        List<Promise<Void>> running = new ArrayList<>();
        CancellationScope scope = Workflow.newDetachedCancellationScope(() -> running.add(Async.procedure(
                guard::hold,
                new ServiceGuardWorkflow.Held(service, procedure, self.getWorkflowId(), self.getRunId()))));
        scope.run();
        return new ServiceGuard(
                service, procedure, guardId, scope, Workflow.getWorkflowExecution(guard), running.get(0));
    }

    /** Workflow id of the guard; the run behind it names who holds it. */
    public String id() {
        return guardId;
    }

    /** Waits until the guard is held, or fails with {@code ALREADY_RUNNING}; only then may anything be changed. */
    public void awaitHeld() {
        try {
            started.get();
        } catch (ChildWorkflowFailure taken) {
            throw FailureType.ALREADY_RUNNING.failure("Cannot start " + procedure + " of \"" + service
                    + "\": another run holds the service. Its workflow \"" + guardId
                    + "\" names it; wait for that run, or abort it.");
        }
    }

    /** Frees the service and waits until it is free, so that the next run is not refused. */
    public void release() {
        scope.cancel();
        try {
            held.get();
        } catch (ChildWorkflowFailure | CanceledFailure released) {
            Workflow.getLogger(ServiceGuard.class).debug("guard released");
        }
    }
}
