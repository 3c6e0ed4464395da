package io.lifeboat.lab.region;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.lifeboat.lab.kubernetes.OrdersObjects;
import io.lifeboat.lab.region.DeploymentProcess.State;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Plays Kubernetes' own controllers where only an API server runs: Pods come and go with the replicas, are ready when
 * the process behind them answers, and a Deployment's status says so.
 */
final class StandInControllers {

    private static final String LABEL = "app";

    private final KubernetesClient client;
    private final String node;

    /** @param node name of the node on which Pods pretend to run */
    StandInControllers(KubernetesClient client, String node) {
        this.client = client;
        this.node = node;
    }

    /** Makes Pods and status agree with what is wanted and with what runs; writes nothing where they already do. */
    void show(Deployment deployment, State state) {
        // Pods are gone only when the process is: "scaled to zero" must be the truth.
        int wanted = deployment.getSpec().getReplicas();
        boolean stopping = wanted == 0 && state != State.STOPPED;
        DeploymentStatus status = deployment.getStatus();
        int shown = status == null || status.getReplicas() == null ? 0 : status.getReplicas();
        int pods = stopping ? shown : wanted;
        int ready = state == State.READY ? pods : 0;
        if (isShown(deployment, pods, ready)) {
            return;
        }
        adjustPods(deployment, pods, ready > 0);
        client.resource(new DeploymentBuilder(deployment)
                        .withStatus(status(deployment, pods, ready))
                        .build())
                .updateStatus();
        deployment.setStatus(status(deployment, pods, ready));
    }

    void removePods(String deployment) {
        client.pods()
                .inNamespace(OrdersObjects.NAMESPACE)
                .withLabel(LABEL, deployment)
                .delete();
    }

    private static boolean isShown(Deployment deployment, int pods, int ready) {
        DeploymentStatus status = deployment.getStatus();
        return status != null
                && number(status.getReplicas()) == pods
                && number(status.getReadyReplicas()) == ready
                && deployment.getMetadata().getGeneration().equals(status.getObservedGeneration());
    }

    private static int number(Integer value) {
        return value == null ? 0 : value;
    }

    private static DeploymentStatus status(Deployment deployment, int pods, int ready) {
        boolean available = ready >= pods;
        return new DeploymentStatusBuilder()
                .withObservedGeneration(deployment.getMetadata().getGeneration())
                .withReplicas(pods)
                .withUpdatedReplicas(pods)
                .withReadyReplicas(ready)
                .withAvailableReplicas(ready)
                .withUnavailableReplicas(pods - ready)
                .addNewCondition()
                .withType("Available")
                .withStatus(available ? "True" : "False")
                .withReason(available ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable")
                .endCondition()
                .build();
    }

    private void adjustPods(Deployment deployment, int wanted, boolean ready) {
        String name = deployment.getMetadata().getName();
        List<Pod> pods = client.pods()
                .inNamespace(OrdersObjects.NAMESPACE)
                .withLabel(LABEL, name)
                .list()
                .getItems();
        for (int i = 0; i < pods.size(); i++) {
            if (i >= wanted) {
                client.resource(pods.get(i)).delete();
            } else if (isReady(pods.get(i)) != ready) {
                client.resource(withReadiness(pods.get(i), ready)).updateStatus();
            }
        }
        for (int i = pods.size(); i < wanted; i++) {
            client.resource(withReadiness(pod(deployment), ready)).create();
        }
    }

    private static boolean isReady(Pod pod) {
        return pod.getStatus().getConditions().stream()
                .anyMatch(condition -> condition.getType().equals("Ready")
                        && condition.getStatus().equals("True"));
    }

    private Pod pod(Deployment deployment) {
        String name = deployment.getMetadata().getName();
        return new PodBuilder()
                .withNewMetadata()
                .withName(name + "-" + UUID.randomUUID().toString().substring(0, 8))
                .withNamespace(OrdersObjects.NAMESPACE)
                .withLabels(Map.of(LABEL, name))
                .addNewOwnerReference()
                .withApiVersion(deployment.getApiVersion())
                .withKind(deployment.getKind())
                .withName(name)
                .withUid(deployment.getMetadata().getUid())
                .withController(true)
                .withBlockOwnerDeletion(true)
                .endOwnerReference()
                .endMetadata()
                .withSpec(deployment.getSpec().getTemplate().getSpec())
                .editSpec()
                .withNodeName(node)
                .endSpec()
                .build();
    }

    private static Pod withReadiness(Pod pod, boolean ready) {
        return new PodBuilder(pod)
                .withNewStatus()
                .withPhase("Running")
                .addNewCondition()
                .withType("Ready")
                .withStatus(ready ? "True" : "False")
                .endCondition()
                .endStatus()
                .build();
    }
}
