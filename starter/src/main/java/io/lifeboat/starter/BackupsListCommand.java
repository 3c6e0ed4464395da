package io.lifeboat.starter;

import io.lifeboat.workflow.backup.BackupListing;
import io.lifeboat.workflow.backup.ListBackupsWorkflow;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the backups. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "List the backups of a service, newest first: age, size, where each copy is, when it was proven."
                + " Exits 3 when one is overdue, a copy is missing or a place cannot be read.")
final class BackupsListCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private BackupTarget target = new BackupTarget();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "So many of each policy, the newest. Default: ${DEFAULT-VALUE}.")
    private int limit = 20;

    @Mixin
    private OutputOptions output = new OutputOptions();

    BackupsListCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        BackupListing listing = new BackupRuns(session)
                .ask(ListBackupsWorkflow.TYPE, "list", target.request().newest(limit), BackupListing.class);
        BackupTable table = new BackupTable(listing);
        if (output.isJson()) {
            Json.print(session.console(), listing);
        } else {
            table.lines().forEach(session.console().out()::println);
            session.console().out().flush();
        }
        return (table.problems().isEmpty() ? ExitCode.OK : ExitCode.WARNINGS).number();
    }
}
