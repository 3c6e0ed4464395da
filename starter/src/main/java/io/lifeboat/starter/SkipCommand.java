package io.lifeboat.starter;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Has a failed step left out. */
@Command(
        name = "skip",
        mixinStandardHelpOptions = true,
        description = "Leave out the step that failed, where that is allowed; the verdict is then never green.")
final class SkipCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private TargetParameter target = new TargetParameter();

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; goes into the report.")
    private String reason = "";

    @Option(names = "--step", paramLabel = "NAME", description = "The step that is meant; another one is refused.")
    private Optional<String> step = Optional.empty();

    @Mixin
    private PersonOption person = new PersonOption();

    @Mixin
    private OutputOptions output = new OutputOptions();

    SkipCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Decisions decisions = new Decisions(session, output);
        Decisions.Subject subject = decisions.subject(target.value());
        return decisions.tell("skip", "skipStep", subject, Decisions.of(person, reason, Optional.empty(), step));
    }
}
