package io.lifeboat.lab.region;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.lifeboat.lab.LabFiles;
import io.lifeboat.lab.LabState;
import io.lifeboat.lab.LabState.Region;
import io.lifeboat.lab.kubernetes.ApiServer;
import io.lifeboat.lab.kubernetes.KubernetesAccess;
import io.lifeboat.lab.kubernetes.OrdersObjects;
import io.lifeboat.lab.orders.OrdersCommand;
import io.lifeboat.lab.process.Launcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** The JVM of one region: its Kubernetes API and what makes Deployments take effect; runs until it is stopped. */
public final class RegionMain {

    private RegionMain() {}

    /** Takes the path of {@code lab.json} and the region's name. */
    public static void main(String... args) throws IOException, InterruptedException {
        if (args.length != 2) {
            throw new IllegalArgumentException("usage: RegionMain LAB.JSON REGION");
        }
        LabState lab = LabFiles.readState(Path.of(args[0]));
        Region region = lab.region(args[1]);
        Files.createDirectories(KubernetesAccess.folder(lab, region));
        Launcher launcher = new Launcher(Path.of(lab.folder()));
        ApiServer api = ApiServer.start(lab, region, launcher);
        KubernetesClient client = api.access().client();
        OrdersObjects.create(client, region.primary());
        DeploymentController controller = DeploymentController.start(
                client,
                new OrdersProcesses(
                        lab,
                        region,
                        launcher,
                        deployment -> OrdersCommand.of(Path.of(args[0]).toAbsolutePath(), region.name(), deployment)),
                api.hasControllers() ? Optional.empty() : Optional.of(new StandInControllers(client, region.name())),
                RegionMain::log);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            controller.close();
            client.close();
            api.close();
        }));
        log("Kubernetes in " + region.name() + " ready at " + api.access().url() + " after "
                + ProcessHandle.current()
                        .info()
                        .startInstant()
                        .map(start -> Duration.between(start, Instant.now()).toMillis() + " ms")
                        .orElse("some time"));
        new CountDownLatch(1).await();
    }

    private static void log(String message) {
        System.out.println(Instant.now() + " " + message);
    }
}
