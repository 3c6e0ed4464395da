package io.lifeboat.starter;

import io.lifeboat.workflow.backup.AcceptGapWorkflow;
import io.lifeboat.workflow.backup.BackupRequest;
import io.lifeboat.workflow.backup.GapReceipt;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets a log be received again although some of it is gone. */
@Command(
        name = "accept-gap",
        mixinStandardHelpOptions = true,
        description =
                "Let the log of a datastore be archived again although the server no longer has what follows the archive's"
                        + " end. Nobody can go back to a moment in the gap; take a base backup afterwards.")
final class BackupsAcceptGapCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "SERVICE", index = "0", description = "A service in the runbook catalog.")
    private String service = "";

    @Parameters(paramLabel = "DATASTORE", index = "1", description = "One of its datastores.")
    private String datastore = "";

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why; kept beside the log.")
    private String reason = "";

    @Mixin
    private PersonOption person = new PersonOption();

    @Mixin
    private ConfirmOptions confirm = new ConfirmOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    BackupsAcceptGapCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        confirm.require(
                session.console(),
                service,
                "This gives up every moment between the archive's end and now, if the server no longer has its log.");
        BackupRequest request =
                BackupRequest.of(service).only(Optional.of(datastore)).because(reason, person.name());
        GapReceipt accepted =
                new BackupRuns(session).ask(AcceptGapWorkflow.TYPE, "accept-gap", request, GapReceipt.class);
        if (output.isJson()) {
            Json.print(session.console(), accepted);
        } else {
            session.console().out().println(accepted.sentence());
            session.console().out().flush();
        }
        return ExitCode.OK.number();
    }
}
