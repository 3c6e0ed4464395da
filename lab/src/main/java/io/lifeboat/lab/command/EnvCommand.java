package io.lifeboat.lab.command;

import io.lifeboat.lab.Lab;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code lifeboat lab env}. */
@Command(
        name = "env",
        description = {
            "Prints what a shell needs to work with a lab: eval \"$(lifeboat lab env)\".",
            "The credentials among it are the lab's own and die with it."
        })
final class EnvCommand implements Callable<Integer> {

    @Mixin
    private LabName name = new LabName();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        Output output = Output.of(spec);
        Lab.open(name.value)
                .environment()
                .forEach((variable, value) -> output.print("export " + variable + "='" + value + "'"));
        return 0;
    }
}
