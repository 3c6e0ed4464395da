package io.lifeboat.workflow.run;

/** A commander ended the run. Caught by the procedure, which then compensates; never leaves the workflow. */
public final class AbortedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public AbortedException(String message) {
        super(message);
    }
}
