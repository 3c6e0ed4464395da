package io.lifeboat.starter;

import io.lifeboat.workflow.run.RunPhase;
import io.lifeboat.workflow.run.RunStatus;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is shown of a commanded run that was started just now. */
final class StartedRun {
    @Option(names = "--follow", description = "Show the run until it ends, and exit as it ended.")
    private boolean follow;

    @Mixin
    private FollowOptions following = new FollowOptions();

    /**
     * For programs.
     *
     * @param status absent where the run has said nothing yet
     */
    record Started(int schemaVersion, String service, String workflowId, Optional<RunStatus> status) {}

    /** Follows it, or says how far it has come; returns the exit code. */
    int show(Session session, OutputOptions output, String service, Run run) {
        session.console().say("Started " + run.workflowId());
        boolean polled = new Workers(session.temporal().client()).arePolling();
        if (!polled) {
            session.console().say(Workers.NONE);
        }
        if (follow) {
            Ending ending = new Follower(session, run, following.patience()).follow();
            return EndingOutput.print(session.console(), output, run, ending);
        }
        return firstNews(session, output, service, run, polled ? FirstStatus.of(run) : Optional.empty());
    }

    /** Long enough to learn that a service is unknown or a plan waits, short enough for a person. */
    private static int firstNews(
            Session session, OutputOptions output, String service, Run run, Optional<RunStatus> status) {
        Console console = session.console();
        if (status.isPresent() && run.isClosed()) {
            return EndingOutput.print(console, output, run, run.ending());
        }
        if (output.isJson()) {
            Json.print(console, new Started(1, service, run.workflowId(), status));
        } else {
            status.ifPresent(s -> new StatusText(console.colourOut(), console.width(), "…")
                    .lines(s)
                    .forEach(console.out()::println));
            console.out().println("Watch it with: lifeboat watch " + run.workflowId());
        }
        if (status.isEmpty()) {
            return ExitCode.LOST_CONTACT.number();
        }
        return (status.get().phase() == RunPhase.AWAITING_APPROVAL ? ExitCode.WAITING : ExitCode.OK).number();
    }
}
