package io.lifeboat.starter;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Has a failed step tried again. */
@Command(name = "retry", mixinStandardHelpOptions = true, description = "Try the step that failed again.")
final class RetryCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private TargetParameter target = new TargetParameter();

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            defaultValue = "retried by a commander",
            description = "Why; goes into the report. Default: ${DEFAULT-VALUE}.")
    private String reason = "";

    @Option(names = "--step", paramLabel = "NAME", description = "The step that is meant; another one is refused.")
    private Optional<String> step = Optional.empty();

    @Mixin
    private PersonOption person = new PersonOption();

    @Mixin
    private OutputOptions output = new OutputOptions();

    RetryCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Decisions decisions = new Decisions(session, output);
        Decisions.Subject subject = decisions.subject(target.value());
        return decisions.tell("retry", "retryStep", subject, Decisions.of(person, reason, Optional.empty(), step));
    }
}
