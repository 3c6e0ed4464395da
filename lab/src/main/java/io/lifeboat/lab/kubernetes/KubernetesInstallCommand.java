package io.lifeboat.lab.kubernetes;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code lifeboat lab install kubernetes}: builds the real control plane once. */
@Command(
        name = "kubernetes",
        description = {
            "Builds a real Kubernetes control plane once, in about 11 minutes on 2 cores.",
            "Needs Go 1.26 and 9 GB of disk; labs use it from then on."
        })
public final class KubernetesInstallCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    @Override
    public Integer call() {
        PrintWriter err = command.commandLine().getErr();
        KubernetesBinaries binaries = new KubernetesInstall(System.getenv(), err::println).install();
        command.commandLine().getOut().println(binaries.folder());
        return 0;
    }
}
