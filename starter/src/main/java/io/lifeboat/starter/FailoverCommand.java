package io.lifeboat.starter;

import io.lifeboat.workflow.run.RunPhase;
import io.lifeboat.workflow.run.RunStatus;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Starts a region failover. */
@Command(
        name = "failover",
        mixinStandardHelpOptions = true,
        description =
                "Start moving a service out of its lost region. The run assesses first and then waits for the approvals of the runbook.")
final class FailoverCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "SERVICE", description = "A service in the runbook catalog.")
    private String service = "";

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; goes into the report.")
    private String reason = "";

    @Option(
            names = "--incident",
            paramLabel = "ID",
            description = "Id of the incident; one run for each. Default: the time.")
    private Optional<String> incident = Optional.empty();

    @Option(
            names = "--detect-seconds",
            paramLabel = "SECONDS",
            description = "From the impact to the alarm, as the alarm measured it.")
    private Optional<Double> detectSeconds = Optional.empty();

    @Option(names = "--follow", description = "Show the run until it ends, and exit as it ended.")
    private boolean follow;

    @Mixin
    private FollowOptions following = new FollowOptions();

    @Mixin
    private PersonOption person = new PersonOption();

    @Mixin
    private ConfirmOptions confirm = new ConfirmOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    FailoverCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        confirm.require(
                session.console(),
                service,
                "This starts a failover of \"" + service
                        + "\": once approved, its region is fenced and its traffic moves.");
        Workers workers = new Workers(session.temporal().client());
        boolean polled = workers.arePolling();
        Run run = new FailoverStart(session.temporal().client(), session.clock())
                .start(service, reason, incident, person.name(), detectSeconds);
        session.console().say("Started " + run.workflowId());
        if (!polled) {
            session.console().say(Workers.NONE);
        }
        if (follow) {
            Ending ending = new Follower(session, run, following.patience()).follow();
            return EndingOutput.print(session.console(), output, run, ending);
        }
        return firstNews(run, polled);
    }

    /** Long enough to learn that a service is unknown or a plan waits, short enough for a person. */
    private int firstNews(Run run, boolean polled) {
        Optional<RunStatus> status = polled ? FirstStatus.of(run) : Optional.empty();
        if (status.isPresent() && run.isClosed()) {
            return EndingOutput.print(session.console(), output, run, run.ending());
        }
        if (output.isJson()) {
            Json.print(session.console(), new FailoverStart.Started(1, service, run.workflowId(), status));
        } else {
            status.ifPresent(s -> new StatusText(
                            session.console().colourOut(), session.console().width(), "…")
                    .lines(s)
                    .forEach(session.console().out()::println));
            session.console().out().println("Watch it with: lifeboat watch " + run.workflowId());
        }
        if (status.isEmpty()) {
            return ExitCode.LOST_CONTACT.number();
        }
        return (status.get().phase() == RunPhase.AWAITING_APPROVAL ? ExitCode.WAITING : ExitCode.OK).number();
    }
}
