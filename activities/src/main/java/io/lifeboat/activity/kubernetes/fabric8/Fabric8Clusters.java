package io.lifeboat.activity.kubernetes.fabric8;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.lifeboat.activity.kubernetes.ClusterClient;
import io.lifeboat.activity.kubernetes.Clusters;
import io.lifeboat.activity.site.Settings;
import io.lifeboat.activity.site.Site;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One client a region, made at its first use from the worker's configuration alone: no kubeconfig of the machine leaks in. */
public final class Fabric8Clusters implements Clusters, AutoCloseable {
    private static final int CONNECT_MILLIS = 1000;
    private static final int REQUEST_MILLIS = 2000;

    private final Site site;
    private final Settings settings;
    private final Map<String, KubernetesClient> clients = new ConcurrentHashMap<>();

    public Fabric8Clusters(Site site, Settings settings) {
        this.site = site;
        this.settings = settings;
    }

    @Override
    public ClusterClient in(String region) {
        Site.Kubernetes access = site.region(region).kubernetes();
        return new Fabric8ClusterClient(clients.computeIfAbsent(region, r -> client(access)), region);
    }

    private KubernetesClient client(Site.Kubernetes access) {
        ConfigBuilder config = new ConfigBuilder(Config.empty())
                .withMasterUrl(access.url().toString())
                .withConnectionTimeout(CONNECT_MILLIS)
                .withRequestTimeout(REQUEST_MILLIS)
                .withRequestRetryBackoffLimit(0);
        access.token().ifPresent(token -> config.withOauthToken(settings.resolve(token)));
        access.caFile().ifPresent(file -> config.withCaCertFile(file.toString()));
        return new KubernetesClientBuilder().withConfig(config.build()).build();
    }

    @Override
    public void close() {
        clients.values().forEach(KubernetesClient::close);
    }
}
