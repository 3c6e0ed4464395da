package io.lifeboat.activity.schedule;

import io.lifeboat.workflow.PauseNote;
import io.lifeboat.workflow.schedule.ScheduleActivities;
import io.temporal.client.WorkflowClient;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleClientOptions;
import io.temporal.client.schedules.ScheduleHandle;
import io.temporal.client.schedules.ScheduleListDescription;
import io.temporal.client.schedules.ScheduleState;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Schedules of the Temporal that runs the procedure. */
public final class DefaultScheduleActivities implements ScheduleActivities {
    private static final int PAGE = 200;

    private final Supplier<WorkflowClient> temporal;

    /** @param temporal asked at each call, because the client comes up with the worker */
    public DefaultScheduleActivities(Supplier<WorkflowClient> temporal) {
        this.temporal = temporal;
    }

    @Override
    public SchedulesReceipt pause(Pausing request) {
        String note = new PauseNote.ByRun(request.workflowId(), request.reason()).text();
        return change(request, state -> !state.isPaused(), handle -> handle.pause(note));
    }

    @Override
    public SchedulesReceipt resume(Pausing request) {
        return change(
                request,
                state -> state.isPaused() && isBy(request.workflowId(), state),
                handle -> handle.unpause("Resumed by run " + request.workflowId()));
    }

    private static boolean isBy(String workflowId, ScheduleState state) {
        return Optional.ofNullable(state.getNote())
                .flatMap(PauseNote::parse)
                .filter(PauseNote.ByRun.class::isInstance)
                .map(PauseNote.ByRun.class::cast)
                .filter(run -> run.workflowId().equals(workflowId))
                .isPresent();
    }

    private interface Change {
        void on(ScheduleHandle handle);
    }

    private SchedulesReceipt change(Pausing request, Predicate<ScheduleState> concerned, Change change) {
        ScheduleClient client = client();
        return new SchedulesReceipt(own(client, request.service()).stream()
                .filter(id -> {
                    ScheduleHandle handle = client.getHandle(id);
                    boolean now = concerned.test(
                            Optional.ofNullable(handle.describe().getSchedule().getState())
                                    .orElseGet(() -> ScheduleState.newBuilder().build()));
                    if (now) {
                        change.on(handle);
                    }
                    return now;
                })
                .toList());
    }

    private static List<String> own(ScheduleClient client, String service) {
        try (Stream<ScheduleListDescription> all = client.listSchedules(PAGE)) {
            return all.filter(s -> service.equals(s.getMemo(MARK, String.class, String.class)))
                    .map(ScheduleListDescription::getScheduleId)
                    .sorted()
                    .toList();
        }
    }

    private ScheduleClient client() {
        WorkflowClient client = temporal.get();
        return ScheduleClient.newInstance(
                client.getWorkflowServiceStubs(),
                ScheduleClientOptions.newBuilder()
                        .setNamespace(client.getOptions().getNamespace())
                        .setDataConverter(client.getOptions().getDataConverter())
                        .setIdentity(client.getOptions().getIdentity())
                        .build());
    }
}
