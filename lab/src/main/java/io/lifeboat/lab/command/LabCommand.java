package io.lifeboat.lab.command;

import picocli.CommandLine.Command;

/** {@code lifeboat lab}. */
@Command(
        name = "lab",
        description = "Two regions of real components on this machine, to rehearse on.",
        subcommands = {
            UpCommand.class,
            StatusCommand.class,
            KillCommand.class,
            DownCommand.class,
            EnvCommand.class,
            InstallCommand.class
        },
        synopsisSubcommandLabel = "COMMAND")
public final class LabCommand {}
