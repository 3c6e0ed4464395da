package io.lifeboat.workflow.failover;

import io.lifeboat.workflow.run.CommandedRun;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Moves a service out of a region that is lost. Workflow id {@code failover/<service>/<incident>}; any other id works as well. */
@WorkflowInterface
public interface RegionFailoverWorkflow extends CommandedRun {
    /** The wire name; never rename it. */
    String TYPE = "RegionFailover";

    @WorkflowMethod(name = TYPE)
    FailoverResult run(FailoverRequest request);
}
