package io.lifeboat.starter;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A yes to the plan that stands. */
@Command(name = "approve", mixinStandardHelpOptions = true, description = "Agree to the plan of a run.")
final class ApproveCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private TargetParameter target = new TargetParameter();

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            defaultValue = "read the plan",
            description = "Why; goes into the report. Default: ${DEFAULT-VALUE}.")
    private String reason = "";

    @Option(names = "--plan", paramLabel = "HASH", description = "The plan that was read; another one is refused.")
    private Optional<String> plan = Optional.empty();

    @Mixin
    private PersonOption person = new PersonOption();

    @Mixin
    private OutputOptions output = new OutputOptions();

    ApproveCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Decisions decisions = new Decisions(session, output);
        Decisions.Subject subject = decisions.subject(target.value());
        if (subject.status().approvals().stream()
                .anyMatch(a -> a.by().equalsIgnoreCase(person.name())
                        && Optional.of(a.planHash()).equals(plan.or(subject.status()::planHash)))) {
            return decisions.already(
                    person.name() + " has approved this plan before; it counts once.", "approve", subject);
        }
        return decisions.tell(
                "approve",
                "approve",
                subject,
                Decisions.of(person, reason, plan.or(subject.status()::planHash), Optional.empty()));
    }
}
