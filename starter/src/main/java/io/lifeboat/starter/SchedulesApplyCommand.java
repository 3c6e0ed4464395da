package io.lifeboat.starter;

import io.lifeboat.starter.ScheduleChange.Kind;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Brings Temporal's schedules to what the runbooks say. */
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description =
                "Create, update and remove schedules until they are as the runbooks say. Asks before it removes one. One that was paused stays paused. Exits 3 where a schedule is not Lifeboat's and was left alone.")
final class SchedulesApplyCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private ScheduleSourceOptions source = new ScheduleSourceOptions();

    @Mixin
    private ConfirmOptions confirm = new ConfirmOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    SchedulesApplyCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        SchedulePlan plan = source.plan(session.temporal());
        if (!output.isJson()) {
            SchedulePlanOutput.text(session.console(), plan);
            session.console().say(SchedulePlanOutput.counts(plan));
        }
        askBeforeRemoving(plan);
        plan.carryOut(new Schedules(session.temporal().client()));
        if (output.isJson()) {
            SchedulePlanOutput.json(session.console(), plan, true);
        } else if (!plan.changesNothing()) {
            session.console().say("Done.");
        }
        return (plan.of(Kind.CONFLICT).isEmpty() ? ExitCode.OK : ExitCode.WARNINGS).number();
    }

    /** Of every service at once, so that a no leaves everything as it was. */
    private void askBeforeRemoving(SchedulePlan plan) {
        Map<String, List<String>> removed = plan.of(Kind.REMOVE).stream()
                .collect(Collectors.groupingBy(
                        ScheduleChange::service,
                        TreeMap::new,
                        Collectors.mapping(ScheduleChange::id, Collectors.toList())));
        removed.forEach((service, ids) -> confirm.require(
                session.console(),
                service,
                "This removes " + String.join(", ", ids) + " of \"" + service
                        + "\": no run of them starts by itself any more."));
    }
}
