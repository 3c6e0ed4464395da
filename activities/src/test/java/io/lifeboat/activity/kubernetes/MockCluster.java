package io.lifeboat.activity.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.lifeboat.activity.kubernetes.fabric8.Fabric8Clusters;
import io.lifeboat.activity.site.Settings;
import io.lifeboat.activity.site.Site;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fabric8's API server in memory, without any controller: pods come and go only by hand. */
public final class MockCluster implements AutoCloseable {
    public static final String NAMESPACE = "orders";

    private final KubernetesMockServer server = new KubernetesMockServer(
            new Context(), new MockWebServer(), new HashMap<>(), new KubernetesCrudDispatcher(), false);
    private final KubernetesClient hand;

    public MockCluster() {
        server.init();
        hand = server.createClient();
    }

    /** Clusters of one region, {@code east}, behind this URL. */
    public static Fabric8Clusters at(URI url) {
        Site.Region region = new Site.Region(
                new Site.Kubernetes(url, Optional.empty(), Optional.empty()),
                new Site.ObjectStore(Optional.empty(), Optional.empty(), Optional.empty()));
        Site.Route53 dns =
                new Site.Route53(Optional.empty(), "us-east-1", Optional.empty(), Optional.empty(), List.of());
        return new Fabric8Clusters(new Site(Map.of("east", region), dns), new Settings(name -> null));
    }

    public Fabric8Clusters clusters() {
        return at(URI.create("http://127.0.0.1:" + server.getPort()));
    }

    public void deployment(String name, int replicas, int ready) {
        hand.resource(new DeploymentBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(NAMESPACE)
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(replicas)
                        .withNewSelector()
                        .withMatchLabels(Map.of("app", name))
                        .endSelector()
                        .endSpec()
                        .withNewStatus()
                        .withReadyReplicas(ready)
                        .endStatus()
                        .build())
                .create();
    }

    public void cronJob(String name, boolean suspended) {
        hand.resource(new CronJobBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(NAMESPACE)
                        .endMetadata()
                        .withNewSpec()
                        .withSuspend(suspended)
                        .endSpec()
                        .build())
                .create();
    }

    /** As a person would, who knows nothing of annotations. */
    public void suspendByHand(String cronJob) {
        hand.batch().v1().cronjobs().inNamespace(NAMESPACE).withName(cronJob).edit(found -> {
            found.getSpec().setSuspend(true);
            return found;
        });
    }

    public void pod(String deployment, String name) {
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(NAMESPACE)
                .withLabels(Map.of("app", deployment))
                .endMetadata()
                .build();
        hand.resource(pod).create();
    }

    public void removePods() {
        hand.pods().inNamespace(NAMESPACE).delete();
    }

    @Override
    public void close() {
        hand.close();
        server.destroy();
    }
}
