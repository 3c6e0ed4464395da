package io.lifeboat.starter;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Ends a hold. */
@Command(name = "resume", mixinStandardHelpOptions = true, description = "Let a held run go on.")
final class ResumeCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private TargetParameter target = new TargetParameter();

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            defaultValue = "resumed by a commander",
            description = "Why; goes into the report. Default: ${DEFAULT-VALUE}.")
    private String reason = "";

    @Mixin
    private PersonOption person = new PersonOption();

    @Mixin
    private OutputOptions output = new OutputOptions();

    ResumeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Decisions decisions = new Decisions(session, output);
        Decisions.Subject subject = decisions.subject(target.value());
        return decisions.tell(
                "resume", "resume", subject, Decisions.of(person, reason, Optional.empty(), Optional.empty()));
    }
}
