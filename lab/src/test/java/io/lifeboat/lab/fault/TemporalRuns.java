package io.lifeboat.lab.fault;

import io.lifeboat.lab.LabState;
import io.lifeboat.workflow.SearchAttributes;
import io.lifeboat.workflow.TaskQueues;
import io.lifeboat.workflow.WireFormat;
import io.lifeboat.workflow.run.Decision;
import io.lifeboat.workflow.schedule.ScheduleActivities;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowExecutionMetadata;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleClientOptions;
import io.temporal.client.schedules.ScheduleListDescription;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.ScheduleSpec;
import io.temporal.client.schedules.ScheduleState;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The lab's Temporal as a test asks it: the server alone, because the worker may be dead at any moment. */
final class TemporalRuns implements AutoCloseable {
    private static final int PAGE = 100;

    private final WorkflowServiceStubs service;
    private final WorkflowClient client;
    private final ScheduleClient schedules;

    TemporalRuns(LabState.Temporal temporal) {
        service = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(temporal.target())
                .build());
        client = WorkflowClient.newInstance(
                service,
                WorkflowClientOptions.newBuilder()
                        .setNamespace(temporal.namespace())
                        .setDataConverter(WireFormat.dataConverter())
                        .build());
        schedules = ScheduleClient.newInstance(
                service,
                ScheduleClientOptions.newBuilder()
                        .setNamespace(temporal.namespace())
                        .setDataConverter(WireFormat.dataConverter())
                        .build());
    }

    WorkflowStub start(String type, String workflowId, Object request) {
        WorkflowStub run = client.newUntypedWorkflowStub(
                type,
                WorkflowOptions.newBuilder()
                        .setWorkflowId(workflowId)
                        .setTaskQueue(TaskQueues.CONTROL)
                        .build());
        run.start(request);
        return run;
    }

    /** Approves once the run says that it waits for that; one that has ended instead fails with its own words. */
    void approve(WorkflowStub run, Duration patience) {
        Patience.until("the run waits for approval", patience, () -> {
            WorkflowExecutionDescription seen = run.describe();
            if (seen.getStatus() != WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING) {
                run.getResult(Object.class);
            }
            return "Approve".equals(seen.getTypedSearchAttributes().get(SearchAttributes.PHASE));
        });
        run.update("approve", String.class, Decision.of("ana", "the moment is right"));
    }

    /** The activities of a run, in the order in which they were scheduled. */
    List<ScheduledActivity> activities(WorkflowStub run) {
        return ScheduledActivity.in(client.fetchHistory(run.getExecution().getWorkflowId())
                .getHistory()
                .getEventsList());
    }

    /** The histories of every run there was, as JSON and as the server stores them. */
    List<Searchable> histories() {
        try (Stream<WorkflowExecutionMetadata> all = client.listExecutions("")) {
            return all.map(run -> run.getExecution())
                    .flatMap(execution -> {
                        WorkflowExecutionHistory history =
                                client.fetchHistory(execution.getWorkflowId(), execution.getRunId());
                        return Stream.of(
                                Searchable.of(
                                        "history of " + execution.getWorkflowId() + " as JSON", history.toJson(true)),
                                Searchable.of(
                                        "history of " + execution.getWorkflowId(),
                                        history.getHistory().toByteArray()));
                    })
                    .toList();
        }
    }

    /** Makes a schedule that never fires by itself, as one of Lifeboat's own. */
    void createSchedule(String id, String service, boolean paused) {
        schedules.createSchedule(
                id,
                Schedule.newBuilder()
                        .setAction(ScheduleActionStartWorkflow.newBuilder()
                                .setWorkflowType("NightlyBackup")
                                .setOptions(WorkflowOptions.newBuilder()
                                        .setWorkflowId("scheduled/" + id)
                                        .setTaskQueue(TaskQueues.CONTROL)
                                        .build())
                                .build())
                        .setSpec(ScheduleSpec.newBuilder()
                                .setCronExpressions(List.of("0 2 29 2 *"))
                                .build())
                        .setState(ScheduleState.newBuilder()
                                .setPaused(paused)
                                .setNote(paused ? "by a person" : "")
                                .build())
                        .build(),
                ScheduleOptions.newBuilder()
                        .setMemo(Map.of(ScheduleActivities.MARK, service))
                        .build());
    }

    /** Whether each schedule is paused. */
    SortedMap<String, Boolean> paused() {
        SortedMap<String, Boolean> paused = new TreeMap<>();
        try (Stream<ScheduleListDescription> all = schedules.listSchedules(PAGE)) {
            all.map(ScheduleListDescription::getScheduleId)
                    .forEach(id -> paused.put(
                            id,
                            schedules
                                    .getHandle(id)
                                    .describe()
                                    .getSchedule()
                                    .getState()
                                    .isPaused()));
        }
        return paused;
    }

    @Override
    public void close() {
        service.shutdownNow();
    }
}
