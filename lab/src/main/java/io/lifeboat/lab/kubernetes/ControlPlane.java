package io.lifeboat.lab.kubernetes;

import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.lifeboat.lab.LabException;
import io.lifeboat.lab.LabState;
import io.lifeboat.lab.LabState.Region;
import io.lifeboat.lab.kubernetes.KubernetesBinaries.Program;
import io.lifeboat.lab.process.Launch;
import io.lifeboat.lab.process.Launcher;
import io.lifeboat.lab.process.Ports;
import io.lifeboat.lab.process.Probe;
import io.lifeboat.lab.process.StartedProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Kubernetes itself: etcd, API server, controllers and scheduler as processes of the region, with KWOK in place of a
 * kubelet. Its Pods are ready without running anything; what runs is the lab's business.
 */
public final class ControlPlane implements ApiServer {

    private static final Duration START = Duration.ofSeconds(60);

    private final Region region;
    private final Launcher launcher;
    private final KubernetesBinaries binaries;
    private final ControlPlaneFiles files;
    private final KubernetesAccess access;
    private final List<StartedProcess> started = new ArrayList<>();

    private ControlPlane(LabState lab, Region region, Launcher launcher, KubernetesBinaries binaries) {
        this.region = region;
        this.launcher = launcher;
        this.binaries = binaries;
        this.files = ControlPlaneFiles.of(lab, region);
        this.access = KubernetesAccess.of(lab, region);
    }

    /**
     * Starts all of it and returns when the API answers and Pods can be placed.
     *
     * @throws LabException when its programs are not installed or one of them does not come up
     */
    public static ControlPlane start(LabState lab, Region region, Launcher launcher) {
        KubernetesBinaries binaries = KubernetesBinaries.installed()
                .orElseThrow(() -> LabException.precondition("Cannot start Kubernetes " + KubernetesBinaries.VERSION
                        + " in " + region.name()
                        + ": its programs are not installed. Run `lifeboat lab install kubernetes` once."));
        ControlPlane plane = new ControlPlane(lab, region, launcher, binaries);
        try {
            plane.startAll();
            return plane;
        } catch (LabException e) {
            plane.close();
            throw e;
        }
    }

    @Override
    public KubernetesAccess access() {
        return access;
    }

    @Override
    public boolean hasControllers() {
        return true;
    }

    /** The last one that was started goes first. */
    @Override
    public void close() {
        for (StartedProcess process : started.reversed()) {
            ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    private void startAll() {
        ControlPlaneSecrets.write(files, access.url());
        int client;
        int peer;
        try (Ports ports = new Ports()) {
            client = ports.preferred(region.kubernetesPort() + 1, region.address());
            peer = ports.preferred(region.kubernetesPort() + 2, region.address());
        }
        start(Program.ETCD, etcd(client, peer)).awaitReady(START, () -> Probe.accepts(region.address(), client));
        StartedProcess apiServer = start(Program.KUBE_APISERVER, apiServer(client));
        apiServer.awaitReady(START, () -> Probe.accepts(region.address(), region.kubernetesPort()));
        try (KubernetesClient asker = access.client()) {
            apiServer.awaitReady(START, () -> isReady(asker));
            start(Program.KUBE_CONTROLLER_MANAGER, controllerManager());
            start(
                    Program.KUBE_SCHEDULER,
                    List.of("--kubeconfig=" + files.kubeconfig(), "--leader-elect=false", "--secure-port=0"));
            StartedProcess kwok = start(Program.KWOK, kwok());
            createNode(asker);
            kwok.awaitReady(START, () -> hasReadyNode(asker));
        }
    }

    private StartedProcess start(Program program, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(binaries.path(program).toString()));
        command.addAll(arguments);
        StartedProcess process = launcher.start(new Launch(
                program.file() + " in " + region.name(),
                command,
                files.folder(),
                Map.of(),
                files.logs().resolve(region.name() + "-" + program.file() + ".log")));
        started.add(process);
        return process;
    }

    private List<String> etcd(int client, int peer) {
        String clientUrl = "http://" + region.address() + ":" + client;
        String peerUrl = "http://" + region.address() + ":" + peer;
        return List.of(
                "--name=lab",
                "--data-dir=" + files.etcdData(),
                "--unsafe-no-fsync",
                "--log-level=warn",
                "--listen-client-urls=" + clientUrl,
                "--advertise-client-urls=" + clientUrl,
                "--listen-peer-urls=" + peerUrl,
                "--initial-advertise-peer-urls=" + peerUrl,
                "--initial-cluster=lab=" + peerUrl);
    }

    private List<String> apiServer(int etcdPort) {
        return List.of(
                "--etcd-servers=http://" + region.address() + ":" + etcdPort,
                "--bind-address=" + region.address(),
                "--advertise-address=" + region.address(),
                "--secure-port=" + region.kubernetesPort(),
                "--endpoint-reconciler-type=none",
                "--cert-dir=" + files.certificates(),
                "--token-auth-file=" + files.tokenTable(),
                "--authorization-mode=RBAC",
                "--service-account-key-file=" + files.serviceAccountPublicKey(),
                "--service-account-signing-key-file=" + files.serviceAccountKey(),
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-cluster-ip-range=10.0.0.0/24",
                // Nothing in the lab's Pods could use a service account.
                "--disable-admission-plugins=ServiceAccount");
    }

    private List<String> controllerManager() {
        return List.of(
                "--kubeconfig=" + files.kubeconfig(),
                "--service-account-private-key-file=" + files.serviceAccountKey(),
                "--leader-elect=false",
                "--secure-port=0");
    }

    private List<String> kwok() {
        return List.of(
                "--kubeconfig=" + files.kubeconfig(),
                "--config=" + files.stages(),
                "--manage-all-nodes=true",
                "--node-ip=" + region.address());
    }

    private void createNode(KubernetesClient client) {
        var node = client.resource(new NodeBuilder()
                .withNewMetadata()
                .withName(region.name() + "-node")
                .withLabels(Map.of("kubernetes.io/hostname", region.name() + "-node"))
                .endMetadata()
                .build());
        // A region that comes back finds its node in etcd.
        if (node.get() == null) {
            node.create();
        }
    }

    private static boolean isReady(KubernetesClient client) {
        try {
            return Optional.ofNullable(client.raw("/readyz")).orElse("").equals("ok");
        } catch (KubernetesClientException notYet) {
            return false;
        }
    }

    private static boolean hasReadyNode(KubernetesClient client) {
        return client.nodes().list().getItems().stream()
                .flatMap(node -> node.getStatus().getConditions().stream())
                .anyMatch(condition -> condition.getType().equals("Ready")
                        && condition.getStatus().equals("True"));
    }
}
