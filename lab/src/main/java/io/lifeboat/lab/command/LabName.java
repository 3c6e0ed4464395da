package io.lifeboat.lab.command;

import io.lifeboat.lab.LabFolder;
import picocli.CommandLine.Option;

/** Which lab is meant. */
final class LabName {

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = LabFolder.DEFAULT_NAME,
            description = "The lab's name (default: ${DEFAULT-VALUE}); labs of different names run side by side.")
    String value = LabFolder.DEFAULT_NAME;
}
