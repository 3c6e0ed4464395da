package io.lifeboat.starter;

import io.lifeboat.workflow.backup.BackupRequest;
import io.lifeboat.workflow.backup.ByteCount;
import io.lifeboat.workflow.backup.PruneBackupsWorkflow;
import io.lifeboat.workflow.backup.PruneBackupsWorkflow.Pruned;
import io.lifeboat.workflow.backup.RetentionReceipt;
import io.lifeboat.workflow.backup.RetentionReceipt.Decided;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Applies retention now, or shows what it would do. */
@Command(
        name = "prune",
        mixinStandardHelpOptions = true,
        description = "Remove the backups that no rule of the runbook keeps; shows them first.")
final class BackupsPruneCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private BackupTarget target = new BackupTarget();

    @Option(names = "--plan", description = "Only show what would be removed, and why the others are kept.")
    private boolean plan;

    @Mixin
    private ConfirmOptions confirm = new ConfirmOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    BackupsPruneCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Pruned planned = prune(target.request().withoutRemoving());
        if (plan) {
            return print(planned);
        }
        if (!output.isJson()) {
            print(planned);
        }
        confirm.require(
                session.console(),
                target.service(),
                "This removes the backups marked REMOVE for good, where the store's locks allow it.");
        return print(prune(target.request()));
    }

    private Pruned prune(BackupRequest request) {
        return new BackupRuns(session).ask(PruneBackupsWorkflow.TYPE, "prune", request, Pruned.class);
    }

    private int print(Pruned pruned) {
        if (output.isJson()) {
            Json.print(session.console(), pruned);
            return ExitCode.OK.number();
        }
        for (RetentionReceipt place : pruned.places()) {
            session.console().out().println(place.sentence());
            for (Decided decided : place.decisions()) {
                session.console()
                        .out()
                        .println("  " + decided.fate() + "  " + decided.id() + "  "
                                + ByteCount.text(decided.storedBytes()) + "  " + String.join("; ", decided.reasons()));
            }
        }
        session.console().out().flush();
        return ExitCode.OK.number();
    }
}
