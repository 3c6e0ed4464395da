package io.lifeboat.starter;

import io.lifeboat.workflow.SearchAttributes;
import io.lifeboat.workflow.TaskQueues;
import io.lifeboat.workflow.backup.BackupRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Starts the procedures on backups, and waits for those that answer at once. */
final class BackupRuns {
    private static final DateTimeFormatter SLOT =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Session session;

    BackupRuns(Session session) {
        this.session = session;
    }

    /** Starts a run that is followed or left alone. */
    Run start(String type, String verb, String service, Object request) {
        WorkflowStub stub = stub(type, verb, service);
        return new Run(session.temporal().client(), stub.start(request));
    }

    /** Starts a run and waits for its answer; {@link ExitCode#PRECONDITION} where no worker would ever give one. */
    <T> T ask(String type, String verb, BackupRequest request, Class<T> answer) {
        if (!new Workers(session.temporal().client()).arePolling()) {
            throw new CommandException(
                    ExitCode.PRECONDITION,
                    "Cannot " + verb + " backups of \"" + request.service().orElse("")
                            + "\": no worker polls task queue \""
                            + TaskQueues.CONTROL + "\" of Temporal at "
                            + session.temporal().address()
                            + ". Start a worker.");
        }
        WorkflowStub stub = stub(type, verb, request.service().orElse(""));
        stub.start(request);
        return stub.getResult(answer);
    }

    private WorkflowStub stub(String type, String verb, String service) {
        WorkflowClient client = session.temporal().client();
        Clock clock = session.clock();
        return client.newUntypedWorkflowStub(
                type,
                WorkflowOptions.newBuilder()
                        .setWorkflowId("backup/" + service + "/" + verb + "/" + SLOT.format(clock.instant()))
                        .setTaskQueue(TaskQueues.CONTROL)
                        .setTypedSearchAttributes(io.temporal.common.SearchAttributes.newBuilder()
                                .set(SearchAttributes.SERVICE, service)
                                .set(SearchAttributes.PROCEDURE, type)
                                .build())
                        .setStaticSummary(verb + " backups of " + service)
                        .build());
    }
}
