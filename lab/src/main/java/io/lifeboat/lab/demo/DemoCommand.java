package io.lifeboat.lab.demo;

import io.lifeboat.lab.demo.DemoResult.Rpo;
import io.lifeboat.lab.demo.DemoResult.Rto;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lifeboat demo}. */
@Command(
        name = "demo",
        description =
                "Puts a lab up, loses a region under load, recovers the service in the other one, and shows the report.",
        subcommands = {BackupDemoCommand.class, PitrDemoCommand.class},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the service was recovered within its objectives",
            "1:it was not recovered",
            "3:recovered, but something was skipped or not measured",
            "6:the lab could not be put up",
            "7:recovered, but an objective was missed"
        })
public final class DemoCommand implements Callable<Integer> {
    private static final int NOT_RECOVERED = 1;
    private static final int NOT_PROVEN = 3;
    private static final int MISSED = 7;

    @Option(names = "--ui", description = "Waits for you to start and approve the failover in the Temporal UI.")
    private boolean ui;

    @Mixin
    private DemoOptions options = new DemoOptions();

    @Override
    public Integer call() {
        return exitCode(new DemoStage(options).play((lab, view) -> new Demo(view, ui, options.reports()).run(lab)));
    }

    private static int exitCode(DemoResult result) {
        boolean missed = result.rto().filter(DemoCommand::missed).isPresent()
                || result.rpo().filter(DemoCommand::missed).isPresent();
        return switch (result.verdict()) {
            case "GREEN" -> 0;
            case "AMBER" -> missed ? MISSED : NOT_PROVEN;
            default -> NOT_RECOVERED;
        };
    }

    private static boolean missed(Rto rto) {
        return rto.clientVisibleSeconds().filter(s -> s > rto.targetSeconds()).isPresent();
    }

    private static boolean missed(Rpo rpo) {
        return rpo.lostSeconds().filter(s -> s > rpo.targetSeconds()).isPresent();
    }
}
