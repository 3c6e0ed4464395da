package io.lifeboat.worker;

import com.google.protobuf.util.JsonFormat;
import io.grpc.StatusRuntimeException;
import io.lifeboat.workflow.failover.RegionFailoverWorkflow;
import io.temporal.api.history.v1.History;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.worker.Worker;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * The history of a failover that went well, recorded once. A worker that goes through it again has proven that this build can
 * carry a failover on that an earlier one began, and has the code of one loaded and compiled before it is needed.
 */
final class RecordedFailover {
    private static final String FILE = "green.json";
    /** The SDK's number for a workflow's thread that did not pause in time, whatever the reason. */
    private static final String DEADLOCK = "[TMPRL1101]";

    private final WorkflowExecutionHistory history;

    private RecordedFailover(WorkflowExecutionHistory history) {
        this.history = history;
    }

    static RecordedFailover read() {
        try (InputStream file = Objects.requireNonNull(RegionFailoverWorkflow.class.getResourceAsStream(FILE), FILE)) {
            History.Builder history = History.newBuilder();
            JsonFormat.parser().merge(new InputStreamReader(file, StandardCharsets.UTF_8), history);
            return new RecordedFailover(new WorkflowExecutionHistory(history.build()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Has the worker's workflow code go through the history; nothing is sent anywhere.
     *
     * @throws IllegalStateException when the code decides otherwise than it did then
     * @throws BrokenOffException when that could not be found out
     */
    void replayOn(Worker worker) {
        try {
            worker.replayWorkflowExecution(history);
        } catch (Exception e) { // what the SDK declares
            // The SDK gives the cause as text.
            String cause = String.valueOf(e.getMessage());
            if (cause.contains(StatusRuntimeException.class.getName())) {
                throw new BrokenOffException("Temporal does not answer", e);
            }
            if (cause.contains(DEADLOCK)) {
                throw new BrokenOffException("this machine gave it no processor in time", e);
            }
            throw new IllegalStateException("the code decides otherwise than the recorded failover did", e);
        }
    }

    /** A replay that says nothing of the code. */
    static final class BrokenOffException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BrokenOffException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
