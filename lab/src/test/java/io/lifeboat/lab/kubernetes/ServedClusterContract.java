package io.lifeboat.lab.kubernetes;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.lifeboat.activity.kubernetes.ClusterClient;
import io.lifeboat.activity.kubernetes.ClusterClientContract;
import io.lifeboat.activity.kubernetes.fabric8.Fabric8Clusters;
import io.lifeboat.activity.site.Settings;
import io.lifeboat.activity.site.Site;
import io.lifeboat.runbook.Setting;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The Kubernetes adapter on what answers the API in a lab's region; each test has a namespace of its own. */
public abstract class ServedClusterContract extends ClusterClientContract {
    private static final String REGION = "us-east-1";

    private final String namespace = "contract-" + UUID.randomUUID();
    private Fabric8Clusters clusters;

    /** How the API server is reached. */
    protected abstract KubernetesAccess access();

    @BeforeEach
    void createObjects() {
        try (KubernetesClient client = access().client()) {
            client.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(namespace)
                            .endMetadata()
                            .build())
                    .create();
            createDeployment(client);
            createCronJob(client);
        }
        clusters = clusters(access().token());
    }

    @AfterEach
    void closeClusters() {
        clusters.close();
    }

    @Override
    protected ClusterClient cluster() {
        return clusters.in(REGION);
    }

    @Override
    protected String namespace() {
        return namespace;
    }

    /** Clusters as the worker has them, with another token. */
    protected final Fabric8Clusters clusters(String token) {
        Site.Kubernetes kubernetes = new Site.Kubernetes(
                URI.create(access().url()),
                Optional.of(token).filter(t -> !t.isEmpty()).map(Setting::new),
                Optional.of(access().caFile()).filter(f -> !f.isEmpty()).map(Path::of));
        Site.ObjectStore store = new Site.ObjectStore(Optional.empty(), Optional.empty(), Optional.empty());
        Site.Route53 dns = new Site.Route53(Optional.empty(), REGION, Optional.empty(), Optional.empty(), List.of());
        return new Fabric8Clusters(
                new Site(Map.of(REGION, new Site.Region(kubernetes, store)), dns), Settings.ofProcess());
    }

    private void createDeployment(KubernetesClient client) {
        Map<String, String> labels = Map.of("app", DEPLOYMENT);
        client.resource(new DeploymentBuilder()
                        .withNewMetadata()
                        .withName(DEPLOYMENT)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(3)
                        .withNewSelector()
                        .withMatchLabels(labels)
                        .endSelector()
                        .withNewTemplate()
                        .withNewMetadata()
                        .withLabels(labels)
                        .endMetadata()
                        .withSpec(pod("Always"))
                        .endTemplate()
                        .endSpec()
                        .build())
                .create();
    }

    private void createCronJob(KubernetesClient client) {
        client.resource(new CronJobBuilder()
                        .withNewMetadata()
                        .withName(CRON_JOB)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewSpec()
                        .withSchedule("0 3 1 1 *")
                        .withSuspend(false)
                        .withNewJobTemplate()
                        .withNewSpec()
                        .withNewTemplate()
                        .withSpec(pod("OnFailure"))
                        .endTemplate()
                        .endSpec()
                        .endJobTemplate()
                        .endSpec()
                        .build())
                .create();
    }

    private static PodSpec pod(String restartPolicy) {
        return new PodSpecBuilder()
                .withRestartPolicy(restartPolicy)
                .withAutomountServiceAccountToken(false)
                .withTerminationGracePeriodSeconds(1L)
                .addNewContainer()
                .withName("main")
                .withImage("registry.lifeboat.test/contract:1.0")
                .endContainer()
                .build();
    }
}
