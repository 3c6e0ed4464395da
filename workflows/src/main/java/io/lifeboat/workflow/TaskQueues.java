package io.lifeboat.workflow;

/** The task queues, by name. A backup storm on one cannot delay a failover on another. */
public final class TaskQueues {
    /** Workflow tasks of every procedure, and short activities. */
    public static final String CONTROL = "lifeboat-control";

    /** Activities of failover and failback: own slots, priority 1. */
    public static final String FAILOVER = "lifeboat-failover";

    /** Activities that move data for minutes or hours: dumps, copies, restores. */
    public static final String BULK = "lifeboat-bulk";

    private TaskQueues() {}
}
