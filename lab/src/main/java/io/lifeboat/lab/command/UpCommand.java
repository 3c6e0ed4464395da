package io.lifeboat.lab.command;

import io.lifeboat.lab.Lab;
import io.lifeboat.lab.LabOptions;
import io.lifeboat.lab.LabState.Kubernetes;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lifeboat lab up}. */
@Command(name = "up", description = "Puts a lab up; the remains of a crashed one are cleaned first.")
final class UpCommand implements Callable<Integer> {

    @Mixin
    private LabName name = new LabName();

    @Option(names = "--temporal-port", paramLabel = "PORT", description = "Temporal's port (default: 7233 if free).")
    private @Nullable Integer temporalPort;

    @Option(
            names = "--ui-port",
            paramLabel = "PORT",
            description = "The Temporal Web UI's port (default: 8233 if free).")
    private @Nullable Integer uiPort;

    @Option(
            names = "--kubernetes",
            paramLabel = "KIND",
            description = "What answers the Kubernetes API: ${COMPLETION-CANDIDATES} "
                    + "(default: a control plane where `lifeboat lab install kubernetes` has built one).")
    private @Nullable Kubernetes kubernetes;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        LabOptions options = LabOptions.named(name.value);
        if (kubernetes != null) {
            options = options.withKubernetes(kubernetes);
        }
        if (temporalPort != null) {
            options = options.withTemporalPort(temporalPort);
        }
        if (uiPort != null) {
            options = options.withUiPort(uiPort);
        }
        Output output = Output.of(spec);
        Lab lab = Lab.up(options, output::progress);
        output.progress("lab \"%s\" is up after %.1f s".formatted(name.value, lab.secondsToUp()));
        output.print(StatusTable.of(lab.status()));
        output.print("Temporal  " + lab.state().temporal().target() + "   Web UI  "
                + lab.state().temporal().ui());
        return 0;
    }
}
