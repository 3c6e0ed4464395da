package io.lifeboat.starter;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The verbs for what starts by itself. */
@Command(
        name = "schedules",
        mixinStandardHelpOptions = true,
        description = "Bring the schedules of the runbooks to Temporal, and see to them.",
        subcommands = {
            SchedulesApplyCommand.class,
            SchedulesDiffCommand.class,
            SchedulesListCommand.class,
            SchedulesPauseCommand.class,
            SchedulesResumeCommand.class,
            SchedulesRunNowCommand.class
        },
        footer = {
            "",
            "A schedule is called SERVICE/PROCEDURE, or SERVICE/PROCEDURE/DATASTORE. While a run goes on, the next one",
            "of the same schedule is skipped. Schedules that somebody made by hand in Temporal are never touched."
        })
final class SchedulesCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(),
                "Say what to do: one of " + String.join(", ", spec.subcommands().keySet()) + ".");
    }
}
