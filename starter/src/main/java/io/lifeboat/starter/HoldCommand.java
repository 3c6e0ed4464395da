package io.lifeboat.starter;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Stops a run at the next step. */
@Command(
        name = "hold",
        mixinStandardHelpOptions = true,
        description = "Stop a run before its next step; the step under way finishes.")
final class HoldCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private TargetParameter target = new TargetParameter();

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            defaultValue = "held by a commander",
            description = "Why; goes into the report. Default: ${DEFAULT-VALUE}.")
    private String reason = "";

    @Mixin
    private PersonOption person = new PersonOption();

    @Mixin
    private OutputOptions output = new OutputOptions();

    HoldCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Decisions decisions = new Decisions(session, output);
        Decisions.Subject subject = decisions.subject(target.value());
        return decisions.tell(
                "hold", "hold", subject, Decisions.of(person, reason, Optional.empty(), Optional.empty()));
    }
}
