package io.lifeboat.starter;

import io.lifeboat.workflow.SearchAttributes;
import io.lifeboat.workflow.TaskQueues;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Starts commanded procedures the same way every time. */
final class CommandedStart {
    private static final DateTimeFormatter SLOT =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final WorkflowClient client;
    private final Clock clock;

    /**
     * What is to be started.
     *
     * @param type workflow type
     * @param kind first part of the workflow id, as {@code failover}
     * @param incident last part of it; absent for the time
     * @param by who asks for it
     */
    record Order(String type, String kind, String service, Optional<String> incident, String reason, String by) {
        /** As a sentence begins with it. */
        String title() {
            return kind.substring(0, 1).toUpperCase(Locale.ROOT) + kind.substring(1) + " of " + service;
        }
    }

    CommandedStart(WorkflowClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    Run start(Order order, Object request) {
        String workflowId = order.kind() + "/" + order.service() + "/"
                + order.incident().orElseGet(() -> SLOT.format(clock.instant()));
        try {
            WorkflowExecution started = client.newUntypedWorkflowStub(order.type(), options(workflowId, order))
                    .start(request);
            return new Run(client, started);
        } catch (WorkflowExecutionAlreadyStarted e) {
            throw new CommandException(
                    ExitCode.PRECONDITION,
                    "Cannot start a " + order.kind() + " of \"" + order.service() + "\": " + workflowId
                            + " exists already. See it with 'lifeboat status " + workflowId
                            + "'; give another --incident for another run.");
        }
    }

    private static WorkflowOptions options(String workflowId, Order order) {
        return WorkflowOptions.newBuilder()
                .setWorkflowId(workflowId)
                .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE_FAILED_ONLY)
                .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL)
                .setTaskQueue(TaskQueues.CONTROL)
                .setTypedSearchAttributes(io.temporal.common.SearchAttributes.newBuilder()
                        .set(SearchAttributes.SERVICE, order.service())
                        .set(SearchAttributes.PROCEDURE, order.type())
                        .build())
                .setStaticSummary(shortened(order.title() + ": " + order.reason()))
                .setStaticDetails("Asked for by **" + markdown(order.by()) + "**: " + markdown(order.reason())
                        + "\n\nDecide with the updates `approve`, `reject`, `hold`, `resume`, `abort`, `retryStep`, `skipStep`,"
                        + " or on a terminal:\n\n    lifeboat watch " + workflowId + "\n    lifeboat approve "
                        + workflowId
                        + "\n\nWho else holds the service: [guard/" + order.service()
                        + "](/namespaces/{namespace}/workflows/guard%2F" + order.service() + ")\n")
                .build();
    }

    /** Temporal keeps 400 bytes of a summary. */
    private static String shortened(String summary) {
        return summary.length() <= 120 ? summary : summary.substring(0, 119) + "…";
    }

    private static String markdown(String text) {
        return text.replaceAll("[\\\\`*_\\[\\]<>|]", "\\\\$0").replaceAll("\\s+", " ");
    }
}
