package io.lifeboat.workflow.run;

/** Where a run stands. */
public enum RunPhase {
    PENDING,
    AWAITING_APPROVAL,
    RUNNING,
    COMPENSATING,
    SUCCEEDED,
    ROLLED_BACK,
    PARTIALLY_ROLLED_BACK,
    FAILED;

    public boolean isClosed() {
        return switch (this) {
            case SUCCEEDED, ROLLED_BACK, PARTIALLY_ROLLED_BACK, FAILED -> true;
            case PENDING, AWAITING_APPROVAL, RUNNING, COMPENSATING -> false;
        };
    }
}
