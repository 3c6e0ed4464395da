package io.lifeboat.starter;

import com.fasterxml.jackson.databind.JsonNode;
import io.lifeboat.workflow.TaskQueues;
import io.lifeboat.workflow.WireFormat;
import io.lifeboat.workflow.guard.ServiceGuardWorkflowImpl;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.Clock;

/** Runs commands as a person would and keeps what they print. */
final class Commands implements AutoCloseable {
    private final TestWorkflowEnvironment environment;

    /** What a command left behind. */
    record Result(int code, String out, String err) {
        JsonNode json() throws IOException {
            return WireFormat.mapper().readTree(out);
        }
    }

    Commands() {
        environment = TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(WireFormat.dataConverter())
                        .build())
                .setUseTimeskipping(false)
                .registerSearchAttribute(
                        "LifeboatService", io.temporal.api.enums.v1.IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                .registerSearchAttribute(
                        "LifeboatProcedure", io.temporal.api.enums.v1.IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                .build());
        Worker worker = environment.newWorker(TaskQueues.CONTROL);
        worker.registerWorkflowImplementationTypes(StubFailover.class, ServiceGuardWorkflowImpl.class);
        environment.start();
    }

    Result run(String... args) {
        return answering("", false, args);
    }

    /** As on a terminal, where the person types what is given. */
    Result typing(String typed, String... args) {
        return answering(typed + "\n", true, args);
    }

    private Result answering(String typed, boolean terminal, String... args) {
        return run(new TestTemporal(environment.getWorkflowClient()), typed, terminal, args);
    }

    static Result run(Temporal temporal, String typed, boolean terminal, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Console console = new Console(
                new PrintWriter(out),
                new PrintWriter(err),
                new BufferedReader(new StringReader(typed)),
                terminal,
                terminal,
                false,
                false,
                () -> 100);
        int code = LifeboatCommand.run(new Session(console, temporal, Clock.systemUTC()), args);
        return new Result(code, out.toString(), err.toString());
    }

    @Override
    public void close() {
        environment.close();
    }

    private record TestTemporal(WorkflowClient client) implements Temporal {
        @Override
        public String address() {
            return "the test server";
        }

        @Override
        public void close() {}
    }
}
