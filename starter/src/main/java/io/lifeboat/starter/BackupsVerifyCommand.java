package io.lifeboat.starter;

import io.lifeboat.workflow.backup.VerifyBackupWorkflow;
import io.lifeboat.workflow.backup.VerifyReceipt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Verifies one backup. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Compare every stored byte of a backup with its signed manifest, in each of its places."
                + " Needs no key and changes nothing.")
final class BackupsVerifyCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private BackupTarget target = new BackupTarget();

    @Parameters(paramLabel = "BACKUP", index = "1", description = "Its id, as 'lifeboat backups list' shows it.")
    private String id = "";

    @Mixin
    private OutputOptions output = new OutputOptions();

    BackupsVerifyCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        VerifyBackupWorkflow.Verified verified = new BackupRuns(session)
                .ask(
                        VerifyBackupWorkflow.TYPE,
                        "verify",
                        target.request().backup(id),
                        VerifyBackupWorkflow.Verified.class);
        if (output.isJson()) {
            Json.print(session.console(), verified);
        } else {
            verified.places().stream()
                    .map(VerifyReceipt::sentence)
                    .forEach(session.console().out()::println);
        }
        return ExitCode.OK.number();
    }
}
