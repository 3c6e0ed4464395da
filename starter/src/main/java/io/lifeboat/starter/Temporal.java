package io.lifeboat.starter;

import io.temporal.client.WorkflowClient;

/** The Temporal service a command talks to. */
interface Temporal extends AutoCloseable {
    /** @throws CommandException with {@link ExitCode#PRECONDITION} where nothing answers, within about three seconds */
    WorkflowClient client();

    /** As a person would type it. */
    String address();

    @Override
    void close();
}
