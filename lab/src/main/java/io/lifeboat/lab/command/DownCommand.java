package io.lifeboat.lab.command;

import io.lifeboat.lab.Lab;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code lifeboat lab down}. */
@Command(name = "down", description = "Ends every process of a lab and removes every file of it.")
final class DownCommand implements Callable<Integer> {

    @Mixin
    private LabName name = new LabName();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        Output output = Output.of(spec);
        int killed = Lab.downInOrder(name.value, output::progress);
        output.progress("lab \"%s\" is down: %d processes ended, no file left".formatted(name.value, killed));
        return 0;
    }
}
