package io.lifeboat.lab.region;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.lifeboat.lab.LabState;
import io.lifeboat.lab.LabState.Region;
import io.lifeboat.lab.kubernetes.ApiServer;
import io.lifeboat.lab.kubernetes.KubernetesAccess;
import io.lifeboat.lab.kubernetes.OrdersObjects;
import io.lifeboat.lab.process.LabProcess;
import io.lifeboat.lab.process.LabProcesses;
import io.lifeboat.lab.process.Launcher;
import io.lifeboat.lab.process.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** One active region with a stand-in for the orders service. */
final class RegionRig implements AutoCloseable {

    private static final String ADDRESS = "127.88.1.1";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    final KubernetesClient client;

    private final Path folder;
    private final Region region;
    private final ApiServer server;
    private final DeploymentController controller;

    RegionRig(Path folder, LabState.Kubernetes kind) throws IOException {
        this.folder = folder;
        this.region = region();
        LabState lab = new LabState(
                "rig",
                folder.toString(),
                kind,
                new LabState.Outside("127.88.0.1", 0, 0, 0, 0),
                List.of(region),
                new LabState.Temporal("127.0.0.1:7233", "", "default"),
                new LabState.Credentials("", "", "", ""));
        new ObjectMapper().writeValue(folder.resolve("lab.json").toFile(), lab);
        Files.createDirectories(folder.resolve("logs"));
        Files.createDirectories(KubernetesAccess.folder(lab, region));
        Launcher launcher = new Launcher(folder);
        server = ApiServer.start(lab, region, launcher);
        client = server.access().client();
        OrdersObjects.create(client, true);
        controller = DeploymentController.start(
                client,
                new OrdersProcesses(lab, region, launcher, this::standIn),
                server.hasControllers() ? Optional.empty() : Optional.of(new StandInControllers(client, "node")),
                line -> {});
    }

    private List<String> standIn(String deployment) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-cp",
                System.getProperty("java.class.path"),
                StandInService.class.getName(),
                folder.resolve("lab.json").toString(),
                region.name(),
                deployment);
    }

    List<LabProcess> processesOf(String deployment) {
        return LabProcesses.in(folder.resolve(region.name()).resolve(deployment))
                .list();
    }

    KubernetesAccess access() {
        return server.access();
    }

    Path folder() {
        return folder;
    }

    Region place() {
        return region;
    }

    static void await(String what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > LIMIT.toNanos()) {
                throw new AssertionError("within " + LIMIT + " never: " + what);
            }
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    @Override
    public void close() {
        controller.close();
        client.close();
        server.close();
        LabProcesses.in(folder).killAll();
    }

    private static Region region() {
        try (Ports ports = new Ports()) {
            return new Region(
                    "us-east-1",
                    true,
                    ADDRESS,
                    0,
                    0,
                    ports.preferred(18_443, ADDRESS),
                    ports.preferred(18_080, ADDRESS));
        }
    }
}
