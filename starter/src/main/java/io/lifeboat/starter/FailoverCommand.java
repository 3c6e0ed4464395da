package io.lifeboat.starter;

import io.lifeboat.workflow.failover.FailoverRequest;
import io.lifeboat.workflow.failover.RegionFailoverWorkflow;
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

    @Mixin
    private StartedRun started = new StartedRun();

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
        Run run = new CommandedStart(session.temporal().client(), session.clock())
                .start(
                        new CommandedStart.Order(
                                RegionFailoverWorkflow.TYPE, "failover", service, incident, reason, person.name()),
                        new FailoverRequest(
                                Optional.of(service),
                                Optional.of(reason),
                                Optional.of("unplanned"),
                                incident,
                                Optional.of(person.name()),
                                detectSeconds));
        return started.show(session, output, service, run);
    }
}
