package io.lifeboat.starter;

import io.temporal.client.schedules.ScheduleActionExecution;
import io.temporal.client.schedules.ScheduleActionExecutionStartWorkflow;
import io.temporal.client.schedules.ScheduleActionResult;
import io.temporal.client.schedules.ScheduleDescription;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Starts what a schedule starts, now. */
@Command(
        name = "run-now",
        mixinStandardHelpOptions = true,
        description = "Start a run of a schedule now, also of a paused one. Exits 6 while another run of it goes on.")
final class SchedulesRunNowCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Session session;

    @Mixin
    private ScheduleParameter target = new ScheduleParameter();

    @Mixin
    private OutputOptions output = new OutputOptions();

    /** What was started, for programs. */
    record Started(int schemaVersion, String id, String workflowId) {}

    SchedulesRunNowCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Schedules schedules = new Schedules(session.temporal().client());
        String id = target.value();
        ScheduleDescription before = schedules.get(id);
        refuseWhileOneGoesOn(before);
        schedules.trigger(id);
        String workflowId = awaitStart(schedules, before);
        if (!new Workers(session.temporal().client()).arePolling()) {
            session.console().say(Workers.NONE);
        }
        if (output.isJson()) {
            Json.print(session.console(), new Started(1, id, workflowId));
        } else {
            session.console().out().println("Started " + workflowId);
            session.console().out().println("Watch it with: lifeboat watch " + workflowId);
            session.console().out().flush();
        }
        return ExitCode.OK.number();
    }

    /** Temporal would skip the run without a word. */
    private static void refuseWhileOneGoesOn(ScheduleDescription schedule) {
        List<String> running = schedule.getInfo().getRunningActions().stream()
                .flatMap(action -> workflowId(action).stream())
                .toList();
        if (!running.isEmpty()) {
            throw new CommandException(
                    ExitCode.PRECONDITION,
                    "Cannot run " + schedule.getId() + " now: " + running.getFirst()
                            + " still runs, and a schedule has one run at a time. Wait for it, or cancel it.");
        }
    }

    private static String awaitStart(Schedules schedules, ScheduleDescription before) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            ScheduleDescription now = schedules.get(before.getId());
            Optional<String> started = now.getInfo().getRecentActions().stream()
                    .filter(action -> !before.getInfo().getRecentActions().contains(action))
                    .map(ScheduleActionResult::getAction)
                    .flatMap(action -> workflowId(action).stream())
                    .findFirst();
            if (started.isPresent()) {
                return started.get();
            }
            if (now.getInfo().getNumActionsSkippedOverlap() > before.getInfo().getNumActionsSkippedOverlap()) {
                refuseWhileOneGoesOn(now);
            }
            pause();
        }
        throw new CommandException(
                ExitCode.LOST_CONTACT,
                "Asked for a run of " + before.getId() + ", but Temporal has not said that it started one within "
                        + PATIENCE.toSeconds() + " s. Look with 'lifeboat schedules list' before asking again.");
    }

    private static Optional<String> workflowId(ScheduleActionExecution action) {
        return action instanceof ScheduleActionExecutionStartWorkflow started
                ? Optional.of(started.getWorkflowId())
                : Optional.empty();
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException(
                    ExitCode.DETACHED, "Interrupted before Temporal answered. Look with 'lifeboat schedules list'.");
        }
    }
}
