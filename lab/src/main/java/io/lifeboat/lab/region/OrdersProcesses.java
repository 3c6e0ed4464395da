package io.lifeboat.lab.region;

import io.lifeboat.lab.LabException;
import io.lifeboat.lab.LabState;
import io.lifeboat.lab.LabState.Region;
import io.lifeboat.lab.kubernetes.OrdersObjects;
import io.lifeboat.lab.process.LabProcesses;
import io.lifeboat.lab.process.Launch;
import io.lifeboat.lab.process.Launcher;
import io.lifeboat.lab.process.Probe;
import io.lifeboat.lab.process.StartedProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The orders service's processes in one region: JVMs like this one, in a folder each. */
final class OrdersProcesses implements DeploymentProcesses {

    private final Launcher launcher;
    private final Path lab;
    private final Region region;
    private final Function<String, List<String>> command;
    private final URI health;

    /** @param command the command line that runs a Deployment, by the Deployment's name; without secrets */
    OrdersProcesses(LabState state, Region region, Launcher launcher, Function<String, List<String>> command) {
        this.launcher = launcher;
        this.lab = Path.of(state.folder());
        this.region = region;
        this.command = command;
        this.health = URI.create("http://%s:%d/health".formatted(region.address(), region.ordersPort()));
    }

    @Override
    public ProcessHandle start(String deployment) {
        String name = deployment + " in " + region.name();
        Path folder = lab.resolve(region.name()).resolve(deployment);
        Path log = lab.resolve("logs").resolve(region.name() + "-" + deployment + ".log");
        try {
            Files.createDirectories(folder);
            Files.createDirectories(log.resolveSibling(""));
        } catch (IOException e) {
            throw LabException.failed("Cannot start " + name + ": " + e + ". Free some disk space.", e);
        }
        // Of a controller that was killed before this one.
        LabProcesses.in(folder).killAll();
        StartedProcess process = launcher.start(new Launch(name, command.apply(deployment), folder, Map.of(), log));
        return ProcessHandle.of(process.pid())
                .orElseThrow(() -> LabException.failed("Cannot start " + name + ": it ended at once. See " + log));
    }

    @Override
    public boolean answers(String deployment) {
        return !deployment.equals(OrdersObjects.API) || Probe.get(health).isPresent();
    }
}
