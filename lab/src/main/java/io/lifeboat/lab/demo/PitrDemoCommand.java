package io.lifeboat.lab.demo;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code lifeboat demo pitr}. */
@Command(
        name = "pitr",
        description =
                "Puts a lab up, destroys its data by a bad UPDATE under load, brings the service back to the second"
                        + " before, and shows the proof.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the data is as it was before, all objectives met",
            "1:it is not, or an objective was missed",
            "6:the lab could not be put up"
        })
final class PitrDemoCommand implements Callable<Integer> {
    private static final int NOT_AS_PROMISED = 1;

    @Mixin
    private DemoOptions options = new DemoOptions();

    @Override
    public Integer call() {
        DemoResult result = new DemoStage(options).play((lab, view) -> new PitrDemo(view, options.reports()).run(lab));
        return result.verdict().equals("GREEN") ? 0 : NOT_AS_PROMISED;
    }
}
