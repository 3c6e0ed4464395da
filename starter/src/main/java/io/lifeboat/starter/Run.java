package io.lifeboat.starter;

import io.lifeboat.workflow.report.ReportLinks;
import io.lifeboat.workflow.run.Decision;
import io.lifeboat.workflow.run.RunStatus;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowTargetOptions;
import io.temporal.client.WorkflowUpdateStage;
import java.util.Optional;

/** One run, asked and told things by its wire names. */
final class Run {
    private final WorkflowStub stub;
    private final WorkflowExecution execution;

    Run(WorkflowClient client, WorkflowExecution execution) {
        this.stub = client.newUntypedWorkflowStub(target(execution));
        this.execution = execution;
    }

    private static WorkflowTargetOptions target(WorkflowExecution execution) {
        WorkflowTargetOptions.Builder target =
                WorkflowTargetOptions.newBuilder().setWorkflowId(execution.getWorkflowId());
        return execution.getRunId().isEmpty()
                ? target.build()
                : target.setRunId(execution.getRunId()).build();
    }

    String workflowId() {
        return execution.getWorkflowId();
    }

    /** What it says of itself; needs a worker. */
    RunStatus status() {
        return stub.query("status", RunStatus.class);
    }

    /** Whether Temporal has closed it; needs no worker. */
    boolean isClosed() {
        return stub.describe().getStatus() != WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
    }

    /** Waits for the answer of the update; the same id is only ever counted once. */
    String tell(String update, String updateId, Decision decision) {
        return stub.startUpdate(
                        UpdateOptions.newBuilder(String.class)
                                .setUpdateName(update)
                                .setUpdateId(updateId)
                                .setWaitForStage(WorkflowUpdateStage.COMPLETED)
                                .build(),
                        decision)
                .getResult();
    }

    /** How a closed run ended. */
    Ending ending() {
        try {
            return Ending.recovered(stub.getResult(Ending.Result.class));
        } catch (WorkflowException failed) {
            return Ending.notRecovered(failed);
        }
    }

    /** Where its report is, as far as anyone can say. */
    Optional<ReportLinks> report() {
        Optional<ReportLinks> said = status().report();
        return said.isPresent() || !isClosed() ? said : ending().report();
    }
}
