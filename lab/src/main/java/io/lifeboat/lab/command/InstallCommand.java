package io.lifeboat.lab.command;

import io.lifeboat.lab.kubernetes.KubernetesInstallCommand;
import picocli.CommandLine.Command;

/** {@code lifeboat lab install}: parts that take long to build and are not needed for a lab to work. */
@Command(
        name = "install",
        description = "Builds an optional part once.",
        subcommands = KubernetesInstallCommand.class,
        synopsisSubcommandLabel = "PART")
final class InstallCommand {}
