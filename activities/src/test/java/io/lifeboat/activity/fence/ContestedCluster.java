package io.lifeboat.activity.fence;

import io.lifeboat.activity.kubernetes.ClusterClient;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A cluster in which somebody else scales a Deployment between the look and the act, so many times. */
final class ContestedCluster implements ClusterClient {
    private final ClusterClient cluster;
    private final int times;
    private int changes;

    ContestedCluster(ClusterClient cluster, int times) {
        this.cluster = cluster;
        this.times = times;
    }

    /** How often somebody wanted to change a Deployment. */
    int changes() {
        return changes;
    }

    @Override
    public DeploymentView change(DeploymentView read, UnaryOperator<DeploymentView> change) {
        changes++;
        if (changes <= times) {
            cluster.change(read, d -> d.withReplicas(read.replicas() + 1, read.epoch()));
        }
        return cluster.change(read, change);
    }

    @Override
    public Optional<DeploymentView> deployment(String namespace, String name) {
        return cluster.deployment(namespace, name);
    }

    @Override
    public Optional<CronJobView> cronJob(String namespace, String name) {
        return cluster.cronJob(namespace, name);
    }

    @Override
    public CronJobView changeCronJob(CronJobView read, UnaryOperator<CronJobView> change) {
        return cluster.changeCronJob(read, change);
    }

    @Override
    public List<String> deployments(String namespace) {
        return cluster.deployments(namespace);
    }
}
