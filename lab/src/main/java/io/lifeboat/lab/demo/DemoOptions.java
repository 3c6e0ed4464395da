package io.lifeboat.lab.demo;

import io.lifeboat.lab.LabFolder;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What every demo can be asked. */
final class DemoOptions {
    @Option(names = "--keep", description = "Leaves the lab running afterwards.")
    private boolean keep;

    @Option(names = "--json", description = "Prints one JSON document on standard output, and nothing else there.")
    private boolean json;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = LabFolder.DEFAULT_NAME,
            description = "The lab's name (default: ${DEFAULT-VALUE}).")
    private String name = LabFolder.DEFAULT_NAME;

    boolean keep() {
        return keep;
    }

    boolean json() {
        return json;
    }

    String name() {
        return name;
    }

    /** Where reports are kept after the lab is gone. */
    Path reports() {
        return LabFolder.of(name).path().resolveSibling("reports").resolve(name);
    }
}
