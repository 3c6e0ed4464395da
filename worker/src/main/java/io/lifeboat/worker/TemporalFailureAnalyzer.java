package io.lifeboat.worker;

import io.grpc.StatusRuntimeException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in words, without a stack trace, that the Temporal server did not take the worker. */
final class TemporalFailureAnalyzer extends AbstractFailureAnalyzer<StatusRuntimeException> {
    @Override
    protected FailureAnalysis analyze(Throwable root, StatusRuntimeException cause) {
        return new FailureAnalysis(
                "The worker cannot start without Temporal; the server answered: "
                        + cause.getStatus().getCode() + described(cause) + ".",
                "Start the server, or correct spring.temporal.connection.target (SPRING_TEMPORAL_CONNECTION_TARGET) and"
                        + " spring.temporal.namespace.",
                cause);
    }

    private static String described(StatusRuntimeException cause) {
        String description = cause.getStatus().getDescription();
        Throwable below = cause.getStatus().getCause();
        return (description == null ? "" : ", " + description)
                + (below == null || below.getMessage() == null ? "" : ", " + below.getMessage());
    }
}
