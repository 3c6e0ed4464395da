package io.lifeboat.activity.workload;

import io.lifeboat.activity.epoch.EpochGate;
import io.lifeboat.activity.kubernetes.ClusterClient;
import io.lifeboat.activity.kubernetes.ClusterClient.CronJobView;
import io.lifeboat.activity.kubernetes.ClusterClient.DeploymentView;
import io.lifeboat.activity.kubernetes.Clusters;
import io.lifeboat.runbook.Workload;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.epoch.Epoch;
import io.lifeboat.workflow.workload.HoldReceipt;
import io.lifeboat.workflow.workload.ResumeReceipt;
import io.lifeboat.workflow.workload.ScaleReceipt;
import io.lifeboat.workflow.workload.WorkloadActivities;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Workloads through {@link ClusterClient}. */
public final class DefaultWorkloadActivities implements WorkloadActivities {
    /** Recovery time is made of such waits; but each look takes time from what is being started where they share a machine. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(60);

    private final Clusters clusters;
    private final EpochGate gate;

    public DefaultWorkloadActivities(Clusters clusters, EpochGate gate) {
        this.clusters = clusters;
        this.gate = gate;
    }

    @Override
    public HoldReceipt hold(Hold request) {
        gate.requireNewest(request.epoch());
        ClusterClient cluster = clusters.in(request.region());
        List<HoldReceipt.CronJobState> cronJobs = new ArrayList<>();
        List<HoldReceipt.DeploymentState> deployments = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        try {
            for (Workload workload : request.workloads()) {
                switch (workload) {
                    case Workload.Deployment deployment ->
                        cluster.deployment(deployment.namespace(), deployment.name())
                                .ifPresent(d -> deployments.add(
                                        new HoldReceipt.DeploymentState(d.name(), d.namespace(), d.replicas())));
                    case Workload.CronJob cronJob ->
                        cluster.cronJob(cronJob.namespace(), cronJob.name())
                                .ifPresentOrElse(
                                        c -> hold(cluster, c, request.epoch(), cronJobs),
                                        () -> missing.add("\"" + cronJob.namespace() + "/" + cronJob.name() + "\""));
                }
            }
        } catch (ApplicationFailure failure) {
            if (!FailureType.UNAVAILABLE.is(failure)) {
                throw failure;
            }
            // What may have been suspended before the region fell silent has to be released.
            return new HoldReceipt(
                    request.region(),
                    !cronJobs.isEmpty(),
                    (cronJobs.isEmpty() ? "" : "Only in part: ") + failure.getOriginalMessage(),
                    cronJobs,
                    deployments);
        }
        // A CronJob that is not there runs nothing, which is all that a hold wants of it.
        String detail = missing.isEmpty()
                ? ""
                : "There is no CronJob " + String.join(", ", missing)
                        + ", so nothing of it to suspend. Create it there, or correct the runbook.";
        return new HoldReceipt(request.region(), true, detail, cronJobs, deployments);
    }

    /** Writes down the state before the change, because a change whose reply is lost may have happened. */
    private static void hold(
            ClusterClient cluster, CronJobView before, Epoch epoch, List<HoldReceipt.CronJobState> seen) {
        requireNotNewer(epoch, before.epoch(), "CronJob " + before.name());
        // Only a suspension of its own carries its epoch, so that asking twice tells it from an older one.
        boolean was = before.suspended() && before.epoch() != epoch.number();
        seen.add(new HoldReceipt.CronJobState(before.name(), before.namespace(), was));
        if (!before.suspended()) {
            suspend(cluster, before, true, epoch);
        }
    }

    @Override
    public HoldReceipt release(HoldReceipt held, Epoch epoch) {
        gate.requireNewest(epoch);
        ClusterClient cluster = clusters.in(held.region());
        held.cronJobs().stream()
                .filter(state -> !state.wasSuspended())
                .forEach(state -> cluster.cronJob(state.namespace(), state.name())
                        .ifPresent(now -> suspend(cluster, now, false, epoch)));
        return held;
    }

    @Override
    public ScaleReceipt scale(Scale request) {
        gate.requireNewest(request.epoch());
        long started = System.nanoTime();
        ClusterClient cluster = clusters.in(request.region());
        Workload.Deployment wanted = request.deployment();
        DeploymentView before = deployment(cluster, wanted, request.region());
        requireNotNewer(request.epoch(), before.epoch(), "Deployment " + before.name());
        if (before.replicas() != request.replicas()
                || before.epoch() != request.epoch().number()
                || before.before().isPresent()) {
            // From here on this is the count that counts: a later lift must not bring back what an earlier fence
            // remembered.
            cluster.change(
                    before,
                    d -> d.withReplicas(request.replicas(), request.epoch().number())
                            .withBefore(Optional.empty()));
        }
        DeploymentView now = deployment(cluster, wanted, request.region());
        while (now.ready() != request.replicas() || (request.replicas() == 0 && now.pods() > 0)) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            if (Thread.currentThread().isInterrupted()) {
                throw FailureType.UNAVAILABLE.failure(
                        "The wait for \"" + wanted.name() + "\" was interrupted. It is looked at again.");
            }
            now = deployment(cluster, wanted, request.region());
        }
        double seconds = (System.nanoTime() - started) / 1e6 / 1000;
        return new ScaleReceipt(
                request.region(),
                wanted.name(),
                before.replicas(),
                now.replicas(),
                now.ready(),
                Math.round(seconds * 1000) / 1000.0);
    }

    @Override
    public ResumeReceipt resume(Resume request) {
        gate.requireNewest(request.epoch());
        ClusterClient cluster = clusters.in(request.region());
        for (Workload.CronJob cronJob : request.cronJobs()) {
            suspend(cluster, cronJob(cluster, cronJob, request.region()), false, request.epoch());
        }
        return new ResumeReceipt(
                request.region(),
                request.cronJobs().stream().map(Workload.CronJob::name).toList());
    }

    private static void suspend(ClusterClient cluster, CronJobView now, boolean wanted, Epoch epoch) {
        requireNotNewer(epoch, now.epoch(), "CronJob " + now.name());
        if (now.suspended() != wanted || now.epoch() != epoch.number()) {
            cluster.changeCronJob(now, c -> c.withSuspended(wanted, epoch.number()));
        }
    }

    private static void requireNotNewer(Epoch epoch, long found, String what) {
        if (found > epoch.number()) {
            throw FailureType.STALE_EPOCH.failure("Cannot change " + what + " of \"" + epoch.service() + "\" in epoch "
                    + epoch.number() + ": it carries epoch " + found + ". Another run holds the service; this one must"
                    + " end.");
        }
    }

    private static DeploymentView deployment(ClusterClient cluster, Workload.Deployment wanted, String region) {
        return cluster.deployment(wanted.namespace(), wanted.name())
                .orElseThrow(() -> missing("Deployment", wanted, region));
    }

    private static CronJobView cronJob(ClusterClient cluster, Workload.CronJob wanted, String region) {
        return cluster.cronJob(wanted.namespace(), wanted.name()).orElseThrow(() -> missing("CronJob", wanted, region));
    }

    private static RuntimeException missing(String kind, Workload workload, String region) {
        return FailureType.TARGET_NOT_FOUND.failure("Cannot change " + kind + " \"" + workload.namespace() + "/"
                + workload.name() + "\" in " + region + ": there is none. Create it there, or correct the runbook.");
    }
}
