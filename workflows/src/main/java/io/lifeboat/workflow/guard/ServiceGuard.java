package io.lifeboat.workflow.guard;

import io.lifeboat.workflow.FailureType;
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
    private final CancellationScope scope;
    private final Promise<Void> held;

    private ServiceGuard(CancellationScope scope, Promise<Void> held) {
        this.scope = scope;
        this.held = held;
    }

    /**
     * Takes the guard, or fails with {@code ALREADY_RUNNING}. The guard lives in a scope of its own, so that a run that is
     * cancelled keeps it until its compensations are done.
     */
    public static ServiceGuard take(String service, String procedure) {
        WorkflowInfo self = Workflow.getInfo();
        ServiceGuardWorkflow guard = Workflow.newChildWorkflowStub(
                ServiceGuardWorkflow.class,
                ChildWorkflowOptions.newBuilder()
                        .setWorkflowId("guard/" + service)
                        .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_REQUEST_CANCEL)
                        .setCancellationType(ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED)
                        .setStaticSummary(procedure + " holds " + service)
                        .build());
        List<Promise<Void>> running = new ArrayList<>();
        CancellationScope scope = Workflow.newDetachedCancellationScope(() -> running.add(Async.procedure(
                guard::hold,
                new ServiceGuardWorkflow.Held(service, procedure, self.getWorkflowId(), self.getRunId()))));
        scope.run();
        try {
            Workflow.getWorkflowExecution(guard).get();
        } catch (ChildWorkflowFailure taken) {
            throw FailureType.ALREADY_RUNNING.failure("Cannot start " + procedure + " of \"" + service
                    + "\": another run holds the service. Its workflow \"guard/" + service
                    + "\" names it; wait for that run, or abort it.");
        }
        return new ServiceGuard(scope, running.get(0));
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
