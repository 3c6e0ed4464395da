package io.lifeboat.starter;

import io.lifeboat.workflow.SearchAttributes;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowTargetOptions;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionExecutionStartWorkflow;
import io.temporal.client.schedules.ScheduleActionResult;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleDescription;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One schedule in the list.
 *
 * @param cron as it is written in the runbook
 * @param nextRunAt absent while it is paused
 * @param note why it is paused; empty when it is not
 */
record ScheduleRow(
        String id,
        String procedure,
        String cron,
        String timeZone,
        Optional<Instant> nextRunAt,
        boolean paused,
        String note,
        Optional<LastRun> lastRun) {

    /**
     * The run it started last.
     *
     * @param state as Temporal says; {@code forgotten} when Temporal keeps it no longer
     * @param verdict what the run came to; empty while it goes on, or when it says nothing of it
     */
    record LastRun(String workflowId, Instant startedAt, String state, String verdict) {
        String text() {
            return verdict.isEmpty() ? state : verdict;
        }
    }

    static ScheduleRow of(ScheduleDescription description, WorkflowClient client) {
        Schedule schedule = description.getSchedule();
        SchedulePause pause = SchedulePause.of(schedule);
        return new ScheduleRow(
                description.getId(),
                schedule.getAction() instanceof ScheduleActionStartWorkflow start ? start.getWorkflowType() : "",
                ScheduleDifferences.cronOf(schedule.getSpec()),
                schedule.getSpec().getTimeZoneName(),
                description.getInfo().getNextActionTimes().stream()
                        .filter(time -> !pause.isPaused())
                        .findFirst(),
                pause.isPaused(),
                pause.isPaused() ? pause.note() : "",
                lastRun(description.getInfo().getRecentActions(), client));
    }

    private static Optional<LastRun> lastRun(List<ScheduleActionResult> recent, WorkflowClient client) {
        if (recent.isEmpty()
                || !(recent.getLast().getAction() instanceof ScheduleActionExecutionStartWorkflow started)) {
            return Optional.empty();
        }
        String workflowId = started.getWorkflowId();
        Instant at = recent.getLast().getStartedAt();
        try {
            WorkflowExecutionDescription run = client.newUntypedWorkflowStub(WorkflowTargetOptions.newBuilder()
                            .setWorkflowId(workflowId)
                            .setRunId(started.getFirstExecutionRunId())
                            .build())
                    .describe();
            String state = run.getStatus()
                    .name()
                    .replace("WORKFLOW_EXECUTION_STATUS_", "")
                    .toLowerCase(Locale.ROOT);
            String verdict = Optional.ofNullable(run.getTypedSearchAttributes().get(SearchAttributes.VERDICT))
                    .orElse("");
            return Optional.of(new LastRun(workflowId, at, state, verdict));
        } catch (WorkflowNotFoundException e) {
            return Optional.of(new LastRun(workflowId, at, "forgotten", ""));
        }
    }
}
