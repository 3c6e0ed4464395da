package io.lifeboat.activity.kubernetes;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One cluster. Every call answers or fails within about two seconds: {@code UNAVAILABLE} when the cluster does not answer,
 * {@code CONFLICT} when an object changed between look and act.
 */
public interface ClusterClient {
    /** Annotation that carries the newest epoch which changed an object. */
    String EPOCH = "lifeboat.io/epoch";

    /**
     * A Deployment as the API server reports it.
     *
     * @param replicas wanted
     * @param ready ready, of the newest generation; 0 while the controller has not seen the newest generation
     * @param pods that exist, ready or not
     * @param epoch newest epoch that changed it; 0 when none did
     * @param before replicas it had before a fence; empty when none is up
     */
    record DeploymentView(
            String namespace,
            String name,
            int replicas,
            int ready,
            int pods,
            long epoch,
            Optional<Integer> before,
            String version) {
        public DeploymentView withReplicas(int wanted, long by) {
            return new DeploymentView(namespace, name, wanted, ready, pods, by, before, version);
        }

        public DeploymentView withBefore(Optional<Integer> remembered) {
            return new DeploymentView(namespace, name, replicas, ready, pods, epoch, remembered, version);
        }
    }

    /**
     * A CronJob as the API server reports it.
     *
     * @param activeJobs Jobs of it that run now
     * @param epoch newest epoch that changed it; 0 when none did
     * @param byFence whether a fence suspended it, so that lifting the fence resumes it
     */
    record CronJobView(
            String namespace,
            String name,
            boolean suspended,
            int activeJobs,
            long epoch,
            boolean byFence,
            String version) {
        /** Whoever suspends or resumes it last answers for it: the memory of an earlier fence is gone. */
        public CronJobView withSuspended(boolean wanted, long by) {
            return new CronJobView(namespace, name, wanted, activeJobs, by, false, version);
        }

        public CronJobView suspendedByFence(long by) {
            return new CronJobView(namespace, name, true, activeJobs, by, true, version);
        }
    }

    Optional<DeploymentView> deployment(String namespace, String name);

    /** Changes replicas, epoch and memory of one Deployment; refused with {@code CONFLICT} if it is not as it was read. */
    DeploymentView change(DeploymentView read, UnaryOperator<DeploymentView> change);

    Optional<CronJobView> cronJob(String namespace, String name);

    /** Changes suspension, epoch and memory of one CronJob; refused with {@code CONFLICT} if it is not as it was read. */
    CronJobView changeCronJob(CronJobView read, UnaryOperator<CronJobView> change);

    /** Names of a namespace's Deployments; shows that the cluster answers. */
    List<String> deployments(String namespace);
}
