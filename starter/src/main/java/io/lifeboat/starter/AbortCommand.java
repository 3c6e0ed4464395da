package io.lifeboat.starter;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Ends a run and undoes what it did. */
@Command(
        name = "abort",
        mixinStandardHelpOptions = true,
        description = "Undo everything a run has done and end it; refused after its point of no return.")
final class AbortCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private TargetParameter target = new TargetParameter();

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; goes into the report.")
    private String reason = "";

    @Mixin
    private PersonOption person = new PersonOption();

    @Mixin
    private ConfirmOptions confirm = new ConfirmOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    AbortCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Decisions decisions = new Decisions(session, output);
        Decisions.Subject subject = decisions.subject(target.value());
        String service = subject.status().service();
        confirm.require(
                session.console(),
                service,
                "This undoes what " + subject.run().workflowId() + " has done and ends it.");
        return decisions.tell(
                "abort", "abort", subject, Decisions.of(person, reason, Optional.empty(), Optional.empty()));
    }
}
