package io.lifeboat.lab.region;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.lifeboat.lab.kubernetes.OrdersObjects;
import io.lifeboat.lab.region.DeploymentProcess.State;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gives replicas consequences: the process of a Deployment runs exactly while its Deployment asks for replicas. What it
 * does follows from what it reads, never from an event: an event only makes it look sooner.
 */
final class DeploymentController implements AutoCloseable {

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    /** While a process is on its way up or down. */
    private static final Duration STEP_EVERY = Duration.ofMillis(20);

    private static final Duration STOP_LIMIT = Duration.ofSeconds(3);

    private final KubernetesClient client;
    private final DeploymentProcesses processes;
    private final Optional<StandInControllers> standIn;
    private final Consumer<String> log;
    private final Map<String, DeploymentProcess> running = new HashMap<>();
    private final Map<String, Deployment> wanted = new HashMap<>();
    private final Semaphore wake = new Semaphore(1);
    private final SharedIndexInformer<Deployment> informer;
    private final Thread loop;
    private volatile boolean closed;
    private boolean reading = true;

    private DeploymentController(
            KubernetesClient client,
            DeploymentProcesses processes,
            Optional<StandInControllers> standIn,
            Consumer<String> log) {
        this.client = client;
        this.processes = processes;
        this.standIn = standIn;
        this.log = log;
        this.informer =
                client.apps().deployments().inNamespace(OrdersObjects.NAMESPACE).runnableInformer(0);
        this.loop = Thread.ofPlatform().name("deployments").unstarted(this::run);
    }

    /** @param standIn plays Kubernetes' own controllers where there are none */
    static DeploymentController start(
            KubernetesClient client,
            DeploymentProcesses processes,
            Optional<StandInControllers> standIn,
            Consumer<String> log) {
        DeploymentController controller = new DeploymentController(client, processes, standIn, log);
        controller.informer.addEventHandler(controller.new WakeUp());
        // The loop reads for itself, so nothing waits for the watch, and nothing breaks when it does not come up.
        controller.informer.exceptionHandler((started, problem) -> true);
        var unused = controller.informer.start();
        controller.loop.start();
        return controller;
    }

    /** Stops the processes, too. */
    @Override
    public void close() {
        closed = true;
        wake.release();
        informer.stop();
        try {
            loop.join(STOP_LIMIT.plusSeconds(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        long read = 0;
        boolean woken = true;
        while (!closed) {
            if (woken || System.nanoTime() - read > LOOK_EVERY.toNanos()) {
                readDeployments();
                read = System.nanoTime();
            }
            boolean settled = advanceAll();
            woken = await(settled ? LOOK_EVERY : STEP_EVERY);
        }
        stopAll();
    }

    private void readDeployments() {
        try {
            List<Deployment> found = client.apps()
                    .deployments()
                    .inNamespace(OrdersObjects.NAMESPACE)
                    .list()
                    .getItems();
            wanted.clear();
            for (Deployment deployment : found) {
                String name = deployment.getMetadata().getName();
                wanted.put(name, deployment);
                running.computeIfAbsent(name, created -> new DeploymentProcess(created, processes, log));
            }
            reading = true;
        } catch (KubernetesClientException e) {
            // Without news the last known state holds, as for a kubelet.
            if (reading && !closed) {
                log.accept("cannot read Deployments: " + e.getMessage());
            }
            reading = false;
        }
    }

    /** Whether nothing is on its way. */
    private boolean advanceAll() {
        boolean settled = true;
        for (Map.Entry<String, DeploymentProcess> entry : running.entrySet()) {
            Deployment deployment = wanted.get(entry.getKey());
            State before = entry.getValue().state();
            State state = entry.getValue().advance(deployment != null && replicas(deployment) > 0);
            settled &= state == State.STOPPED || state == State.READY;
            show(entry.getKey(), deployment, before, state);
        }
        running.entrySet()
                .removeIf(entry ->
                        !wanted.containsKey(entry.getKey()) && entry.getValue().state() == State.STOPPED);
        return settled;
    }

    private void show(String name, @Nullable Deployment deployment, State before, State state) {
        if (standIn.isEmpty()) {
            return;
        }
        try {
            if (deployment != null) {
                standIn.get().show(deployment, state);
            } else if (state == State.STOPPED && before != State.STOPPED) {
                standIn.get().removePods(name);
            }
        } catch (KubernetesClientException e) {
            // Shown at the next look.
            if (!closed) {
                log.accept("cannot write the status of " + name + ": " + e.getMessage());
            }
        }
    }

    private void stopAll() {
        long start = System.nanoTime();
        boolean left = true;
        while (left && System.nanoTime() - start < STOP_LIMIT.toNanos()) {
            left = false;
            for (DeploymentProcess process : running.values()) {
                left |= process.advance(false) != State.STOPPED;
            }
            if (left) {
                await(STEP_EVERY);
            }
        }
    }

    private boolean await(Duration limit) {
        try {
            boolean woken = wake.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS);
            wake.drainPermits();
            return woken;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
            return false;
        }
    }

    private static int replicas(Deployment deployment) {
        Integer replicas = deployment.getSpec().getReplicas();
        return replicas == null ? 1 : replicas;
    }

    private final class WakeUp implements ResourceEventHandler<Deployment> {

        @Override
        public void onAdd(Deployment added) {
            wake.release();
        }

        @Override
        public void onUpdate(Deployment before, Deployment after) {
            if (replicas(before) != replicas(after)) {
                wake.release();
            }
        }

        @Override
        public void onDelete(Deployment deleted, boolean unknown) {
            wake.release();
        }
    }
}
