package io.lifeboat.starter;

import io.lifeboat.workflow.restore.RestoreDatastoreRequest;
import io.lifeboat.workflow.restore.RestoreDatastoreWorkflow;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Starts a restore over production. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description =
                "Start bringing a damaged datastore back: its writers stop, a copy is restored beside it and checked, and only"
                        + " then the two change places. The damaged database is kept. The run waits for the approvals of the"
                        + " runbook first.")
final class BackupsRestoreCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "SERVICE", index = "0", description = "A service in the runbook catalog.")
    private String service = "";

    @Option(
            names = "--datastore",
            paramLabel = "NAME",
            description = "This datastore; may be left out where the service has only one.")
    private Optional<String> datastore = Optional.empty();

    @ArgGroup
    private Source source = new Source();

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; goes into the report.")
    private String reason = "";

    @Option(
            names = "--incident",
            paramLabel = "ID",
            description = "Id of the incident; one run for each. Default: the time.")
    private Optional<String> incident = Optional.empty();

    @Mixin
    private StartedRun started = new StartedRun();

    @Mixin
    private PersonOption person = new PersonOption();

    @Mixin
    private ConfirmOptions confirm = new ConfirmOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    /** From what; the newest proven backup where nothing is said. */
    static final class Source {
        @Option(
                names = "--at",
                paramLabel = "TIME",
                description = "The moment to go back to, as 2026-11-21T14:05:00Z, on the database's clock.")
        private Optional<Instant> at = Optional.empty();

        @Option(
                names = "--id",
                paramLabel = "ID",
                description = "This backup, as it is. Default: the newest proven one.")
        private Optional<String> id = Optional.empty();
    }

    BackupsRestoreCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        confirm.require(
                session.console(),
                service,
                "This starts a restore over production of \"" + service
                        + "\": once approved, its writers stop, and what was written after the restored moment is not in its"
                        + " database any more.");
        Run run = new CommandedStart(session.temporal().client(), session.clock())
                .start(
                        new CommandedStart.Order(
                                RestoreDatastoreWorkflow.TYPE, "restore", service, incident, reason, person.name()),
                        new RestoreDatastoreRequest(
                                Optional.of(service),
                                datastore,
                                Optional.of(reason),
                                source.at,
                                source.id,
                                incident,
                                Optional.of(person.name())));
        return started.show(session, output, service, run);
    }
}
