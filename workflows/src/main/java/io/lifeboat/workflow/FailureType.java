package io.lifeboat.workflow;

import io.temporal.failure.ApplicationFailure;
import java.util.Arrays;

/**
 * What can go wrong, and whether trying again can help. The constant's name is the {@code type} of the {@link
 * ApplicationFailure} on the wire; the enum, not the caller, decides on retries.
 */
public enum FailureType {
    INVALID_REQUEST(false),
    INVALID_RUNBOOK(false),
    TARGET_NOT_FOUND(false),
    PRECONDITION_FAILED(false),
    FENCE_NOT_PROVEN(false),
    APPROVAL_REJECTED(false),
    APPROVAL_EXPIRED(false),
    ABORTED(false),
    ALREADY_RUNNING(false),
    BACKUP_CORRUPT(false),
    PROMOTION_REFUSED(false),
    STALE_EPOCH(false),
    COMPLETED_WITH_FAILURES(false),
    UNAVAILABLE(true),
    THROTTLED(true),
    CONFLICT(true);

    private final boolean retried;

    FailureType(boolean retried) {
        this.retried = retried;
    }

    public boolean isRetried() {
        return retried;
    }

    /** The failure to throw. The message says what was attempted on what, what was seen, what to do; never a secret. */
    public ApplicationFailure failure(String message) {
        return retried
                ? ApplicationFailure.newFailure(message, name())
                : ApplicationFailure.newNonRetryableFailure(message, name());
    }

    /** Like {@link #failure(String)}, keeping the cause's type, not its text: vendors put secrets in their messages. */
    public ApplicationFailure failure(String message, Throwable cause) {
        return failure(message + " [" + cause.getClass().getSimpleName() + "]");
    }

    /** Whether a failure on the wire is of this type. */
    public boolean is(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof ApplicationFailure application && name().equals(application.getType())) {
                return true;
            }
        }
        return false;
    }

    /** The type of a failure on the wire; {@code UNAVAILABLE} for one that is not ours, such as a time-out. */
    public static FailureType of(Throwable failure) {
        return Arrays.stream(values())
                .filter(type -> type.is(failure))
                .findFirst()
                .orElse(UNAVAILABLE);
    }

    /** The names of the types that are final, for retry options. */
    public static String[] finalTypes() {
        return Arrays.stream(values()).filter(t -> !t.retried).map(Enum::name).toArray(String[]::new);
    }
}
