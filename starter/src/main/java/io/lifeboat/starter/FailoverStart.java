package io.lifeboat.starter;

import io.lifeboat.workflow.SearchAttributes;
import io.lifeboat.workflow.TaskQueues;
import io.lifeboat.workflow.failover.FailoverRequest;
import io.lifeboat.workflow.failover.RegionFailoverWorkflow;
import io.lifeboat.workflow.run.RunStatus;
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

/** Starts failovers the same way every time. */
final class FailoverStart {
    private static final DateTimeFormatter SLOT =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final WorkflowClient client;
    private final Clock clock;

    /**
     * What was started, for programs.
     *
     * @param status absent where the run has said nothing yet
     */
    record Started(int schemaVersion, String service, String workflowId, Optional<RunStatus> status) {}

    FailoverStart(WorkflowClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    Run start(String service, String reason, Optional<String> incident, String by, Optional<Double> detectSeconds) {
        String workflowId = "failover/" + service + "/" + incident.orElseGet(() -> SLOT.format(clock.instant()));
        FailoverRequest request = new FailoverRequest(
                Optional.of(service),
                Optional.of(reason),
                Optional.of("unplanned"),
                incident,
                Optional.of(by),
                detectSeconds);
        try {
            WorkflowExecution started = client.newUntypedWorkflowStub(
                            RegionFailoverWorkflow.TYPE, options(workflowId, service, reason, by))
                    .start(request);
            return new Run(client, started);
        } catch (WorkflowExecutionAlreadyStarted e) {
            throw new CommandException(
                    ExitCode.PRECONDITION,
                    "Cannot start a failover of \"" + service + "\": " + workflowId
                            + " exists already. See it with 'lifeboat status " + workflowId
                            + "'; give another --incident for another run.");
        }
    }

    private static WorkflowOptions options(String workflowId, String service, String reason, String by) {
        return WorkflowOptions.newBuilder()
                .setWorkflowId(workflowId)
                .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE_FAILED_ONLY)
                .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL)
                .setTaskQueue(TaskQueues.CONTROL)
                .setTypedSearchAttributes(io.temporal.common.SearchAttributes.newBuilder()
                        .set(SearchAttributes.SERVICE, service)
                        .set(SearchAttributes.PROCEDURE, RegionFailoverWorkflow.TYPE)
                        .build())
                .setStaticSummary(shortened("Failover of " + service + ": " + reason))
                .setStaticDetails("Asked for by **" + markdown(by) + "**: " + markdown(reason)
                        + "\n\nDecide with the updates `approve`, `reject`, `hold`, `resume`, `abort`, `retryStep`, `skipStep`,"
                        + " or on a terminal:\n\n    lifeboat watch " + workflowId + "\n    lifeboat approve "
                        + workflowId
                        + "\n\nWho else holds the service: [guard/" + service
                        + "](/namespaces/{namespace}/workflows/guard%2F" + service + ")\n")
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
