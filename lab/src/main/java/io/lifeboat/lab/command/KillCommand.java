package io.lifeboat.lab.command;

import io.lifeboat.lab.Lab;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lifeboat lab kill}. */
@Command(name = "kill", description = "Kills everything that runs in a region of a lab, as a power cut would.")
final class KillCommand implements Callable<Integer> {

    @Mixin
    private LabName name = new LabName();

    @Parameters(paramLabel = "REGION", description = "us-east-1 or us-west-2.")
    private String region = "";

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        int killed = Lab.open(name.value).killRegion(region);
        Output.of(spec).progress("killed %d processes in %s; nothing runs there now".formatted(killed, region));
        return 0;
    }
}
