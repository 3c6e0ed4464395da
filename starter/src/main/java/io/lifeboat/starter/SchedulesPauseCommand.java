package io.lifeboat.starter;

import io.lifeboat.workflow.PauseNote;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Keeps a schedule from starting anything. */
@Command(
        name = "pause",
        mixinStandardHelpOptions = true,
        description =
                "Let a schedule start nothing until it is resumed; a run that goes on is left alone. What a person paused, only a person resumes.")
final class SchedulesPauseCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private ScheduleParameter target = new ScheduleParameter();

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; shown wherever it is listed.")
    private String reason = "";

    @Mixin
    private PersonOption person = new PersonOption();

    @Mixin
    private OutputOptions output = new OutputOptions();

    SchedulesPauseCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Schedules schedules = new Schedules(session.temporal().client());
        String id = target.value();
        SchedulePause before = SchedulePause.of(schedules.get(id).getSchedule());
        String note = new PauseNote.ByPerson(person.name(), reason).text();
        if (before.isPaused() && note.equals(before.note())) {
            return print(id, false, id + " is paused already. " + note + ".");
        }
        schedules.pause(id, new PauseNote.ByPerson(person.name(), reason));
        String instead = before.isPaused() ? " It was paused before: " + before.note() : "";
        return print(id, true, id + " starts nothing until 'lifeboat schedules resume " + id + "'." + instead);
    }

    private int print(String id, boolean changed, String answer) {
        return ScheduleOutcome.print(session.console(), output, "pause", id, changed, answer);
    }
}
