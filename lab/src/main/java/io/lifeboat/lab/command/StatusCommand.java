package io.lifeboat.lab.command;

import io.lifeboat.lab.Lab;
import io.lifeboat.lab.LabStatus;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lifeboat lab status}. */
@Command(name = "status", description = "Shows what of a lab runs.")
final class StatusCommand implements Callable<Integer> {

    /** How the answer is written. */
    enum Format {
        TABLE,
        JSON
    }

    @Mixin
    private LabName name = new LabName();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Format format = Format.TABLE;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        LabStatus status = Lab.open(name.value).status();
        Output.of(spec)
                .print(
                        switch (format) {
                            case TABLE -> StatusTable.of(status);
                            case JSON -> status.toJson();
                        });
        return 0;
    }
}
