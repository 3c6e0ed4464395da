package io.lifeboat.lab.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;

/** What the orders service consists of in Kubernetes, at work in the active region and at rest in the other one. */
public final class OrdersObjects {

    public static final String NAMESPACE = "orders";
    public static final String API = "orders-api";
    public static final String FULFILMENT = "orders-fulfilment";
    public static final String INVOICES = "orders-invoices";

    private static final String REGISTRY = "registry.lifeboat.test/";
    private static final int PORT = 8080;

    private OrdersObjects() {}

    /** Creates what is not there yet and leaves alone what is: a region that comes back keeps its state. */
    public static void create(KubernetesClient client, boolean active) {
        for (HasMetadata object : all(active)) {
            if (client.resource(object).get() == null) {
                client.resource(object).create();
            }
        }
    }

    private static List<HasMetadata> all(boolean active) {
        return List.of(
                new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build(),
                deployment(API, active ? 3 : 0),
                deployment(FULFILMENT, active ? 2 : 0),
                cronJob(!active));
    }

    private static Deployment deployment(String name, int replicas) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(NAMESPACE)
                .withLabels(Map.of("app", name))
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withNewSelector()
                .withMatchLabels(Map.of("app", name))
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(Map.of("app", name))
                .endMetadata()
                .withSpec(podSpec(name))
                .endTemplate()
                .endSpec()
                .build();
    }

    private static CronJob cronJob(boolean suspended) {
        PodSpec pod = new PodSpecBuilder(podSpec(INVOICES))
                .withRestartPolicy("OnFailure")
                .build();
        return new CronJobBuilder()
                .withNewMetadata()
                .withName(INVOICES)
                .withNamespace(NAMESPACE)
                .withLabels(Map.of("app", INVOICES))
                .endMetadata()
                .withNewSpec()
                .withSchedule("0 3 * * *")
                .withSuspend(suspended)
                .withConcurrencyPolicy("Forbid")
                .withNewJobTemplate()
                .withNewSpec()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(Map.of("app", INVOICES))
                .endMetadata()
                .withSpec(pod)
                .endTemplate()
                .endSpec()
                .endJobTemplate()
                .endSpec()
                .build();
    }

    private static PodSpec podSpec(String name) {
        return new PodSpecBuilder()
                .withAutomountServiceAccountToken(false)
                .withTerminationGracePeriodSeconds(1L)
                .addNewContainer()
                .withName(name)
                .withImage(REGISTRY + name + ":1.0")
                .addNewPort()
                .withName("http")
                .withContainerPort(PORT)
                .endPort()
                .withNewResources()
                .withRequests(Map.of("cpu", new Quantity("100m"), "memory", new Quantity("128Mi")))
                .endResources()
                .endContainer()
                .build();
    }
}
