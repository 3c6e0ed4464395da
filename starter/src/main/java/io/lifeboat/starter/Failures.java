package io.lifeboat.starter;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.lifeboat.workflow.FailureType;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TerminatedFailure;
import java.util.Optional;

/** What went wrong, in one sentence and one number. */
final class Failures {
    private Failures() {}

    static String sentence(Throwable failure) {
        if (failure instanceof CommandException) {
            return String.valueOf(failure.getMessage());
        }
        Optional<ApplicationFailure> application = find(failure, ApplicationFailure.class);
        if (application.isPresent()) {
            return String.valueOf(application.get().getOriginalMessage());
        }
        Optional<CanceledFailure> cancelled = find(failure, CanceledFailure.class);
        if (cancelled.isPresent()) {
            return "The run was cancelled. " + String.valueOf(cancelled.get().getOriginalMessage());
        }
        if (find(failure, TerminatedFailure.class).isPresent()) {
            return "The run was terminated in Temporal: nothing was undone and no report was written.";
        }
        if (find(failure, WorkflowNotFoundException.class).isPresent()) {
            return "Temporal knows no such run. See what runs with 'lifeboat status'.";
        }
        Optional<StatusRuntimeException> rpc = find(failure, StatusRuntimeException.class);
        if (rpc.isPresent()) {
            return unanswered(rpc.get().getStatus());
        }
        return failure.getClass().getSimpleName()
                + Optional.ofNullable(failure.getMessage()).map(m -> ": " + m).orElse("");
    }

    /** Temporal itself answers in time, so that silence, or a missing poller, means that no worker is there. */
    private static String unanswered(Status status) {
        String seen = status.getCode()
                + Optional.ofNullable(status.getDescription())
                        .map(d -> ", " + d)
                        .orElse("");
        return switch (status.getCode()) {
            case DEADLINE_EXCEEDED, FAILED_PRECONDITION ->
                "No worker answered (" + seen + "). Start one, or try again; what runs goes on.";
            default -> "Temporal did not answer as expected: " + seen + ". Try again; what runs goes on.";
        };
    }

    static ExitCode exitCode(Throwable failure) {
        if (failure instanceof CommandException command) {
            return command.exitCode();
        }
        if (find(failure, WorkflowNotFoundException.class).isPresent()) {
            return ExitCode.PRECONDITION;
        }
        if (find(failure, ApplicationFailure.class).isPresent()
                || find(failure, WorkflowFailedException.class).isPresent()) {
            return ended(failure);
        }
        return find(failure, StatusRuntimeException.class).isPresent() ? ExitCode.LOST_CONTACT : ExitCode.FAILED;
    }

    /** Of a run that did not recover the service. */
    private static ExitCode ended(Throwable failure) {
        if (find(failure, CanceledFailure.class).isPresent()) {
            return ExitCode.ROLLED_BACK;
        }
        Optional<FailureType> type = find(failure, ApplicationFailure.class)
                .map(ApplicationFailure::getType)
                .flatMap(Failures::typeOf);
        return type.map(t -> switch (t) {
                    case INVALID_REQUEST, INVALID_RUNBOOK, TARGET_NOT_FOUND, PRECONDITION_FAILED, ALREADY_RUNNING ->
                        ExitCode.PRECONDITION;
                    case APPROVAL_REJECTED, APPROVAL_EXPIRED, ABORTED -> ExitCode.ROLLED_BACK;
                    case FENCE_NOT_PROVEN,
                            BACKUP_CORRUPT,
                            COMPLETED_WITH_FAILURES,
                            PROMOTION_REFUSED,
                            STALE_EPOCH,
                            UNAVAILABLE,
                            THROTTLED,
                            CONFLICT -> ExitCode.FAILED;
                })
                .orElse(ExitCode.FAILED);
    }

    private static Optional<FailureType> typeOf(String name) {
        for (FailureType type : FailureType.values()) {
            if (type.name().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** The first of this kind in the chain of causes. */
    static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> kind) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (kind.isInstance(t)) {
                return Optional.of(kind.cast(t));
            }
        }
        return Optional.empty();
    }
}
