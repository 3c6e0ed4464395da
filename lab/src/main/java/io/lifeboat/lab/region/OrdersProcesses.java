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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The orders service's processes in one region: JVMs like this one, in a folder each. */
final class OrdersProcesses implements DeploymentProcesses {

    private final Launcher launcher;
    private final Path lab;
    private final Region region;
    private final String main;
    private final URI health;

    /** @param main class that takes the path of lab.json, the region's name and the Deployment's */
    OrdersProcesses(LabState state, Region region, Launcher launcher, String main) {
        this.launcher = launcher;
        this.lab = Path.of(state.folder());
        this.region = region;
        this.main = main;
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
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-XX:-UsePerfData",
                "-Djava.io.tmpdir=" + folder,
                "-Xmx96m",
                main,
                lab.resolve("lab.json").toString(),
                region.name(),
                deployment);
        StartedProcess process =
                launcher.start(new Launch(name, command, folder, Map.of("CLASSPATH", absoluteClassPath()), log));
        return ProcessHandle.of(process.pid())
                .orElseThrow(() -> LabException.failed("Cannot start " + name + ": it ended at once. See " + log));
    }

    @Override
    public boolean answers(String deployment) {
        return !deployment.equals(OrdersObjects.API) || Probe.get(health).isPresent();
    }

    /** The process runs in another folder than this JVM. */
    private static String absoluteClassPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(":"))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(":"));
    }
}
