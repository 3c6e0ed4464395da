package io.lifeboat.starter;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What there is of backups. */
@Command(
        name = "backups",
        mixinStandardHelpOptions = true,
        description =
                "List, show, verify, prove, restore and prune the backups of a service. What exists is what the buckets say.",
        subcommands = {
            BackupsListCommand.class,
            BackupsShowCommand.class,
            BackupsVerifyCommand.class,
            BackupsProveCommand.class,
            BackupsRestoreCommand.class,
            BackupsPruneCommand.class,
            BackupsAcceptGapCommand.class
        })
final class BackupsCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(),
                "Say what to do: one of " + String.join(", ", spec.subcommands().keySet()) + ".");
    }
}
