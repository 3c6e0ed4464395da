package io.lifeboat.starter;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.lifeboat.runbook.NearestWord;
import io.lifeboat.workflow.PauseNote;
import io.lifeboat.workflow.schedule.ScheduleActivities;
import io.temporal.client.WorkflowClient;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleAlreadyRunningException;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleClientOptions;
import io.temporal.client.schedules.ScheduleDescription;
import io.temporal.client.schedules.ScheduleHandle;
import io.temporal.client.schedules.ScheduleListDescription;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.ScheduleState;
import io.temporal.client.schedules.ScheduleUpdate;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The schedules in Temporal. Only those that carry Lifeboat's mark are ever changed. */
final class Schedules {
    private static final int PAGE = 200;

    private final ScheduleClient client;

    Schedules(WorkflowClient temporal) {
        this.client = ScheduleClient.newInstance(
                temporal.getWorkflowServiceStubs(),
                ScheduleClientOptions.newBuilder()
                        .setNamespace(temporal.getOptions().getNamespace())
                        .setDataConverter(temporal.getOptions().getDataConverter())
                        .setIdentity(temporal.getOptions().getIdentity())
                        .build());
    }

    /** The service of every schedule of Lifeboat's, by id. A list may lag behind what was done a moment ago. */
    SortedMap<String, String> own() {
        return asked("list the schedules", () -> {
            SortedMap<String, String> own = new TreeMap<>();
            try (Stream<ScheduleListDescription> all = client.listSchedules(PAGE)) {
                all.forEach(s -> mark(s.getMemo(ScheduleActivities.MARK, String.class, String.class))
                        .ifPresent(service -> own.put(s.getScheduleId(), service)));
            }
            return own;
        });
    }

    /** Nothing where there is none; never lags behind. */
    Optional<ScheduleDescription> find(String id) {
        return asked("look at the schedule \"" + id + "\"", () -> {
            try {
                return Optional.of(client.getHandle(id).describe());
            } catch (RuntimeException e) {
                if (code(e).equals(Optional.of(Status.Code.NOT_FOUND))) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    /** One of Lifeboat's, by what a person calls it. */
    ScheduleDescription get(String id) {
        Optional<ScheduleDescription> found = find(id);
        if (found.isPresent() && isOwn(found.get())) {
            return found.get();
        }
        if (found.isPresent()) {
            throw new CommandException(
                    ExitCode.PRECONDITION,
                    "The schedule \"" + id
                            + "\" was not made by Lifeboat and is left alone. Change it where it was made.");
        }
        SortedMap<String, String> known = own();
        throw new CommandException(
                ExitCode.PRECONDITION,
                "There is no schedule \"" + id + "\". "
                        + (known.isEmpty()
                                ? "Lifeboat has none here; make them with 'lifeboat schedules apply'."
                                : NearestWord.hint(id, known.keySet(), "There are:")));
    }

    static boolean isOwn(ScheduleDescription schedule) {
        return mark(schedule.getMemo(ScheduleActivities.MARK, String.class, String.class))
                .isPresent();
    }

    private static Optional<String> mark(@Nullable String mark) {
        return Optional.ofNullable(mark);
    }

    void create(ScheduleDefinition wanted) {
        ScheduleState state = ScheduleState.newBuilder()
                .setPaused(wanted.isPaused())
                .setNote(wanted.isPaused() ? new PauseNote.ByRunbook().text() : "")
                .build();
        ScheduleOptions options = ScheduleOptions.newBuilder()
                .setMemo(Map.of(ScheduleActivities.MARK, wanted.service()))
                .setTypedSearchAttributes(wanted.searchAttributes())
                .build();
        asked("create the schedule \"" + wanted.id() + "\"", () -> {
            try {
                return client.createSchedule(wanted.id(), schedule(wanted, state), options);
            } catch (ScheduleAlreadyRunningException e) {
                throw new CommandException(
                        ExitCode.PRECONDITION,
                        "Cannot create the schedule \"" + wanted.id()
                                + "\": somebody else just made one of this name. Look again with 'lifeboat schedules diff'.");
            }
        });
    }

    /** Everything becomes as wanted, but who paused it and why stays unless that was the runbook. */
    void update(ScheduleDefinition wanted) {
        asked("update the schedule \"" + wanted.id() + "\"", () -> {
            client.getHandle(wanted.id())
                    .update(now -> new ScheduleUpdate(schedule(
                            wanted, SchedulePause.kept(now.getDescription().getSchedule(), wanted.isPaused()))));
            return wanted;
        });
    }

    private static Schedule schedule(ScheduleDefinition wanted, ScheduleState state) {
        return Schedule.newBuilder()
                .setSpec(wanted.spec())
                .setPolicy(wanted.policy())
                .setAction(wanted.action())
                .setState(state)
                .build();
    }

    void delete(String id) {
        on(id, "remove", ScheduleHandle::delete);
    }

    void pause(String id, PauseNote note) {
        on(id, "pause", handle -> handle.pause(note.text()));
    }

    void resume(String id, String note) {
        on(id, "resume", handle -> handle.unpause(note));
    }

    void trigger(String id) {
        on(id, "run", handle -> handle.trigger(ScheduleDefinition.OVERLAP));
    }

    private interface Effect {
        void on(ScheduleHandle handle);
    }

    private void on(String id, String verb, Effect effect) {
        asked(verb + " the schedule \"" + id + "\"", () -> {
            effect.on(client.getHandle(id));
            return id;
        });
    }

    /** What a person can mend gets words of its own. */
    private static <T> T asked(String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (RuntimeException e) {
            Optional<Status.Code> code = code(e);
            if (code.equals(Optional.of(Status.Code.UNIMPLEMENTED))) {
                throw new CommandException(
                        ExitCode.PRECONDITION,
                        "Cannot " + what + ": this Temporal server has no schedules. Ask one that does.");
            }
            if (code.equals(Optional.of(Status.Code.INVALID_ARGUMENT))) {
                throw new CommandException(
                        ExitCode.PRECONDITION,
                        "Cannot " + what + ": Temporal says \"" + description(e)
                                + "\". Where a search attribute is missing, add it: temporal operator search-attribute create"
                                + " --name LifeboatService --type Keyword --name LifeboatProcedure --type Keyword");
            }
            throw e;
        }
    }

    private static Optional<Status.Code> code(RuntimeException failure) {
        return Failures.find(failure, StatusRuntimeException.class)
                .map(e -> e.getStatus().getCode());
    }

    private static String description(RuntimeException failure) {
        return Failures.find(failure, StatusRuntimeException.class)
                .map(e -> String.valueOf(e.getStatus().getDescription()))
                .orElse("");
    }
}
