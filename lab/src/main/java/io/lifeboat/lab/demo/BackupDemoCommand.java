package io.lifeboat.lab.demo;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code lifeboat demo backup}. */
@Command(
        name = "backup",
        description = "Puts a lab up, takes a backup of a service under load, lists it, damages one copy on purpose,"
                + " and shows that this is found.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the backup was taken and copied, and the damage was found",
            "1:one of that did not happen",
            "6:the lab could not be put up"
        })
final class BackupDemoCommand implements Callable<Integer> {
    private static final int NOT_AS_PROMISED = 1;

    @Mixin
    private DemoOptions options = new DemoOptions();

    @Override
    public Integer call() {
        DemoResult result = new DemoStage(options).play((lab, view) -> new BackupDemo(view).run(lab));
        return result.verdict().equals("GREEN") ? 0 : NOT_AS_PROMISED;
    }
}
