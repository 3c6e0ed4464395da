package io.lifeboat.starter;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows what an apply would do. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = "Show in what Temporal's schedules are not as the runbooks say. Exits 3 where they are not.")
final class SchedulesDiffCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private ScheduleSourceOptions source = new ScheduleSourceOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    SchedulesDiffCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        SchedulePlan plan = source.plan(session.temporal());
        if (output.isJson()) {
            SchedulePlanOutput.json(session.console(), plan, false);
        } else {
            SchedulePlanOutput.text(session.console(), plan);
            session.console().say(SchedulePlanOutput.counts(plan));
        }
        return (plan.changesNothing() ? ExitCode.OK : ExitCode.WARNINGS).number();
    }
}
