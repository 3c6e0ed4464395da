package io.lifeboat.starter;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A no to the plan that stands. */
@Command(
        name = "reject",
        mixinStandardHelpOptions = true,
        description = "Refuse the plan of a run; it ends without an effect.")
final class RejectCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private TargetParameter target = new TargetParameter();

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; goes into the report.")
    private String reason = "";

    @Option(names = "--plan", paramLabel = "HASH", description = "The plan that was read; another one is refused.")
    private Optional<String> plan = Optional.empty();

    @Mixin
    private PersonOption person = new PersonOption();

    @Mixin
    private OutputOptions output = new OutputOptions();

    RejectCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Decisions decisions = new Decisions(session, output);
        Decisions.Subject subject = decisions.subject(target.value());
        return decisions.tell(
                "reject",
                "reject",
                subject,
                Decisions.of(person, reason, plan.or(subject.status()::planHash), Optional.empty()));
    }
}
