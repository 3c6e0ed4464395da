package io.lifeboat.starter;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.lifeboat.workflow.SearchAttributes;
import io.lifeboat.workflow.backup.ListBackupsWorkflow;
import io.lifeboat.workflow.backup.NightlyBackupWorkflow;
import io.lifeboat.workflow.backup.ShowBackupWorkflow;
import io.lifeboat.workflow.failover.RegionFailoverWorkflow;
import io.lifeboat.workflow.guard.ServiceGuardWorkflow.Held;
import io.lifeboat.workflow.restore.PitrTestWorkflow;
import io.lifeboat.workflow.restore.RestoreDatastoreWorkflow;
import io.lifeboat.workflow.restore.SmokeRestoreWorkflow;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionMetadata;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowServiceException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds runs by what a person calls them. */
final class Runs {
    private static final Pattern SERVICE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    /** Runs that people decide about. */
    private static final String COMMANDED = ofTypes(RegionFailoverWorkflow.TYPE, RestoreDatastoreWorkflow.TYPE);

    /** Runs that go on for a while and say what they do; most of them a schedule starts. */
    private static final String UNATTENDED =
            ofTypes(NightlyBackupWorkflow.TYPE, PitrTestWorkflow.TYPE, SmokeRestoreWorkflow.TYPE);

    /** Whatever has a service but what was only asked. */
    private static final String ALL = SearchAttributes.PROCEDURE.getName() + " IS NOT NULL AND WorkflowType NOT IN ('"
            + ListBackupsWorkflow.TYPE + "', '" + ShowBackupWorkflow.TYPE + "')";

    private static final String RUNNING = " AND ExecutionStatus = 'Running'";

    private final WorkflowClient client;

    Runs(WorkflowClient client) {
        this.client = client;
    }

    /** The run that goes on, for a decision; {@link ExitCode#PRECONDITION} where there is none. */
    Run running(String target) {
        return byService(target, COMMANDED + RUNNING)
                .or(() -> byGuard(target))
                .or(() -> byId(target))
                .orElseThrow(() -> none(target, "runs"));
    }

    /** The run that goes on, or else the last one; of each, those that people decide about before all others. */
    Run newest(String target) {
        return byService(target, COMMANDED + RUNNING)
                .or(() -> byGuard(target))
                .or(() -> byService(target, UNATTENDED + RUNNING))
                .or(() -> byService(target, COMMANDED))
                .or(() -> byService(target, UNATTENDED))
                .or(() -> byId(target))
                .orElseThrow(() -> none(target, "is known"));
    }

    /** The run whose report is meant: that of a failover is not hidden by the backup that goes on meanwhile. */
    Run reported(String target) {
        return byService(target, COMMANDED + RUNNING)
                .or(() -> byGuard(target))
                .or(() -> byService(target, COMMANDED))
                .or(() -> byService(target, UNATTENDED))
                .or(() -> byId(target))
                .orElseThrow(() -> none(target, "is known"));
    }

    /** Runs that go on, and the last ones that ended, newest first. */
    List<WorkflowExecutionMetadata> recent(int most) {
        try (Stream<WorkflowExecutionMetadata> found = client.listExecutions(ALL)) {
            return found.limit(most).toList();
        }
    }

    private static String ofTypes(String... types) {
        return "WorkflowType IN ('" + String.join("', '", types) + "')";
    }

    private static CommandException none(String target, String what) {
        return new CommandException(
                ExitCode.PRECONDITION,
                "No run of \"" + target + "\" " + what
                        + ": it is neither a service with one nor a workflow id. See what runs with 'lifeboat status'.");
    }

    private Optional<Run> byService(String target, String which) {
        if (!SERVICE.matcher(target).matches()) {
            return Optional.empty();
        }
        String query = SearchAttributes.SERVICE.getName() + " = '" + target + "' AND " + which;
        try (Stream<WorkflowExecutionMetadata> found = client.listExecutions(query)) {
            return found.findFirst().map(e -> new Run(client, e.getExecution()));
        } catch (WorkflowServiceException | StatusRuntimeException e) {
            if (isMissing(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Search may lag behind or be switched off; the guard of a service is always current and names who holds it. */
    private Optional<Run> byGuard(String target) {
        String guard = "guard/" + target;
        return status(guard)
                .filter(s -> s == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING)
                .flatMap(s -> holder(guard))
                .map(held -> new Run(
                        client,
                        WorkflowExecution.newBuilder()
                                .setWorkflowId(held.workflowId())
                                .setRunId(held.runId())
                                .build()));
    }

    private Optional<Held> holder(String guard) {
        try (Stream<HistoryEvent> history = client.streamHistory(guard)) {
            return history.findFirst()
                    .filter(HistoryEvent::hasWorkflowExecutionStartedEventAttributes)
                    .map(e -> e.getWorkflowExecutionStartedEventAttributes().getInput())
                    .map(this::held);
        }
    }

    private Held held(Payloads input) {
        return client.getOptions().getDataConverter().fromPayloads(0, Optional.of(input), Held.class, Held.class);
    }

    private Optional<Run> byId(String target) {
        return status(target)
                .map(s -> new Run(
                        client,
                        WorkflowExecution.newBuilder().setWorkflowId(target).build()));
    }

    private Optional<WorkflowExecutionStatus> status(String workflowId) {
        try {
            return Optional.of(
                    client.newUntypedWorkflowStub(workflowId).describe().getStatus());
        } catch (WorkflowNotFoundException e) {
            return Optional.empty();
        } catch (StatusRuntimeException | WorkflowServiceException e) {
            if (isMissing(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Not there, or not asked in a way this server knows. */
    private static boolean isMissing(RuntimeException failure) {
        return Failures.find(failure, StatusRuntimeException.class)
                .map(e -> e.getStatus().getCode())
                .filter(c -> c == Status.Code.NOT_FOUND
                        || c == Status.Code.UNIMPLEMENTED
                        || c == Status.Code.INVALID_ARGUMENT)
                .isPresent();
    }
}
