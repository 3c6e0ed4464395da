package io.lifeboat.workflow.run;

/** Where a run stands. */
public enum RunPhase {
    PENDING,
    AWAITING_APPROVAL,
    RUNNING,
    COMPENSATING,
    SUCCEEDED,
    /** All that could be done was done, and something could not. */
    COMPLETED_WITH_FAILURES,
    /** There was a reason not to begin. */
    SKIPPED,
    ROLLED_BACK,
    PARTIALLY_ROLLED_BACK,
    FAILED;

    public boolean isClosed() {
        return switch (this) {
            case SUCCEEDED, COMPLETED_WITH_FAILURES, SKIPPED, ROLLED_BACK, PARTIALLY_ROLLED_BACK, FAILED -> true;
            case PENDING, AWAITING_APPROVAL, RUNNING, COMPENSATING -> false;
        };
    }
}
