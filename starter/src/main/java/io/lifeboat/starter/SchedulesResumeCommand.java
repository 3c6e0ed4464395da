package io.lifeboat.starter;

import io.temporal.client.schedules.ScheduleDescription;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lets a paused schedule start runs again. */
@Command(name = "resume", mixinStandardHelpOptions = true, description = "Let a paused schedule start runs again.")
final class SchedulesResumeCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private ScheduleParameter target = new ScheduleParameter();

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            defaultValue = "resumed by hand",
            description = "Why; kept in Temporal. Default: ${DEFAULT-VALUE}.")
    private String reason = "resumed by hand";

    @Mixin
    private PersonOption person = new PersonOption();

    @Mixin
    private OutputOptions output = new OutputOptions();

    SchedulesResumeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Schedules schedules = new Schedules(session.temporal().client());
        String id = target.value();
        SchedulePause before = SchedulePause.of(schedules.get(id).getSchedule());
        if (!before.isPaused()) {
            return print(id, false, id + " is not paused." + next(schedules.get(id)));
        }
        schedules.resume(id, "Resumed by " + person.name() + ": " + reason);
        return print(id, true, id + " starts runs again." + next(schedules.get(id)) + " It was: " + before.note());
    }

    private String next(ScheduleDescription schedule) {
        Instant now = session.clock().instant();
        return schedule.getInfo().getNextActionTimes().stream()
                .findFirst()
                .map(at -> " Next run: " + at.truncatedTo(ChronoUnit.SECONDS) + " ("
                        + SchedulesListCommand.relative(now, at) + ").")
                .orElse("");
    }

    private int print(String id, boolean changed, String answer) {
        return ScheduleOutcome.print(session.console(), output, "resume", id, changed, answer);
    }
}
