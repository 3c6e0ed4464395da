package io.lifeboat.lab;

import io.lifeboat.lab.LabState.Kubernetes;
import io.lifeboat.lab.LabState.Outside;
import io.lifeboat.lab.LabState.Region;
import io.lifeboat.lab.process.Launcher;
import io.lifeboat.lab.process.Probe;
import io.lifeboat.lab.process.StartedProcess;
import io.lifeboat.lab.temporal.LabTemporal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Starts our own processes of a lab and waits until each answers. */
final class Applications {

    static final String WORKER = "worker";

    /** The worker needs 30 s of processor time; on a machine that gave a third of its own it took 151 s. One that dies is seen at once. */
    private static final Duration START = Duration.ofMinutes(3);

    private final LabFolder folder;
    private final LabState state;
    private final Launcher launcher;

    Applications(LabFolder folder, LabState state, Launcher launcher) {
        this.folder = folder;
        this.state = state;
        this.launcher = launcher;
    }

    /** The DNS provider, the fence agents and the client. */
    Part outside() {
        Outside outside = state.outside();
        Path cwd = folder.createFolder(folder.place(LabFolder.OUTSIDE).resolve("services"));
        StartedProcess process = JvmRole.OUTSIDE.start(
                launcher, "the services outside both regions", cwd, folder.log("outside"), Map.of(), arguments());
        process.awaitReady(
                START,
                () -> Probe.accepts(outside.address(), outside.route53Port())
                        && Probe.accepts(outside.address(), outside.dnsPort())
                        && Probe.accepts(outside.address(), outside.powerPort())
                        && Probe.get(url(outside.address(), outside.clientPort(), "/record"))
                                .isPresent());
        return Part.standIn(
                LabFolder.OUTSIDE,
                "services",
                "Route 53, fence agents, client",
                outside.address(),
                outside.route53Port());
    }

    /** A region's Kubernetes API and, in the active region, the workloads it runs. */
    Part region(Region region) {
        Path cwd = folder.createFolder(folder.place(region.name()).resolve("kubernetes"));
        StartedProcess process = JvmRole.REGION.start(
                launcher,
                "Kubernetes in " + region.name(),
                cwd,
                folder.log(region.name() + "-kubernetes"),
                Map.of(),
                List.of(folder.state().toString(), region.name()));
        URI orders = url(region.address(), region.ordersPort(), "/health");
        process.awaitReady(
                START,
                () -> Probe.accepts(region.address(), region.kubernetesPort())
                        && (!region.primary() || Probe.get(orders).isPresent()));
        boolean real = state.kubernetes() == Kubernetes.CONTROL_PLANE;
        return new Part(
                region.name(),
                "kubernetes",
                real ? "Kubernetes" : "Kubernetes API (fabric8 server)",
                real ? "control plane" : "of this lab",
                real,
                region.address() + ":" + region.kubernetesPort(),
                0);
    }

    /**
     * Lifeboat's worker, in the region that is expected to survive.
     *
     * @param postgresPrograms where {@code pg_dump} is
     */
    Part worker(int port, Path postgresPrograms) {
        folder.createFolder(folder.reports());
        LabFiles.writeText(workerSettings(), WorkerSettings.render(state, folder, postgresPrograms, port));
        return restartWorker(port);
    }

    private Path workerSettings() {
        return folder.createFolder(folder.place(state.standby().name()).resolve(WORKER))
                .resolve("application-lab.yaml");
    }

    /** The worker once more, with the settings it had. */
    Part restartWorker(int port) {
        String place = state.standby().name();
        Path settings = workerSettings();
        Path cwd = settings.resolveSibling("");
        StartedProcess process = JvmRole.WORKER.start(
                launcher,
                "the worker",
                cwd,
                folder.log(WORKER),
                LabEnvironment.of(state),
                List.of("--spring.config.additional-location=file:" + settings));
        URI readiness = url(LabTemporal.ADDRESS, port, "/actuator/health/readiness");
        process.awaitReady(START, () -> Probe.get(readiness).isPresent());
        return new Part(place, WORKER, "Lifeboat worker", "of this build", true, LabTemporal.ADDRESS + ":" + port, 0);
    }

    private List<String> arguments() {
        return List.of(folder.state().toString());
    }

    private static URI url(String address, int port, String path) {
        return URI.create("http://%s:%d%s".formatted(address, port, path));
    }
}
