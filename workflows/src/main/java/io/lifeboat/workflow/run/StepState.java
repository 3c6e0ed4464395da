package io.lifeboat.workflow.run;

/** Where a step stands. */
public enum StepState {
    PENDING,
    RUNNING,
    /** It failed, and the run waits for the commander: {@code retryStep}, {@code skipStep} where allowed, {@code abort}. */
    WAITING,
    SUCCEEDED,
    SKIPPED,
    FAILED,
    /** The run ended before it. */
    NOT_EXECUTED
}
