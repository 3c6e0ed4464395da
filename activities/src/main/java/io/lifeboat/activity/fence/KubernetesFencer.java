package io.lifeboat.activity.fence;

import io.lifeboat.activity.epoch.EpochGate;
import io.lifeboat.activity.kubernetes.ClusterClient;
import io.lifeboat.activity.kubernetes.ClusterClient.CronJobView;
import io.lifeboat.activity.kubernetes.ClusterClient.DeploymentView;
import io.lifeboat.activity.kubernetes.Clusters;
import io.lifeboat.runbook.Workload;
import io.lifeboat.workflow.Fact;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.epoch.Epoch;
import io.lifeboat.workflow.fence.FenceActivities;
import io.lifeboat.workflow.fence.FenceReceipt;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Stops the writers: Deployments at zero with their pods gone, CronJobs suspended with no Job running. What the fence changed
 * stays written on the objects, so that lifting it restores exactly that: a CronJob that somebody else suspended, or the hold
 * of automation did, is not the fence's to resume.
 */
public final class KubernetesFencer implements Fencer {
    /** How often a stop is tried that meets another writer, though the time is over. */
    private static final int STOPS = 5;

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(30);

    private final Clusters clusters;
    private final EpochGate gate;

    public KubernetesFencer(Clusters clusters, EpochGate gate) {
        this.clusters = clusters;
        this.gate = gate;
    }

    @Override
    public FenceReceipt fence(FenceActivities.Fence request) {
        long deadline = System.nanoTime() + request.driver().timeout().toNanos();
        ClusterClient cluster = clusters.in(request.region());
        List<String> running = look(cluster, request.workloads());
        boolean stopped = running.isEmpty();
        int stops = 0;
        // A first look that took all the time is no reason to leave the writers running.
        while (!running.isEmpty()
                && ((!stopped && stops < STOPS) || System.nanoTime() < deadline)
                && !Thread.currentThread().isInterrupted()) {
            if (stopped) {
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            } else {
                gate.requireNewest(request.epoch());
                stopped = stop(cluster, request);
                stops++;
            }
            running = look(cluster, request.workloads());
        }
        boolean proven = running.isEmpty();
        return new FenceReceipt(
                request.region(),
                request.driver().word(),
                proven,
                proven ? "every writer is at zero and gone" : "still running: " + String.join(", ", running),
                request.workloads().stream()
                        .map(w -> new Fact("workload " + w.name(), proven ? "stopped" : "looked at"))
                        .toList());
    }

    @Override
    public FenceActivities.LiftReceipt lift(FenceActivities.Fence request) {
        gate.requireNewest(request.epoch());
        ClusterClient cluster = clusters.in(request.region());
        List<String> restored = new ArrayList<>();
        request.workloads().forEach(workload -> restored.addAll(restore(cluster, workload, request.epoch())));
        return new FenceActivities.LiftReceipt(
                request.region(),
                request.driver().word(),
                restored.isEmpty() ? "no writer had been stopped" : "restored " + String.join(", ", restored));
    }

    /** What was restored, in words, now or when the reply got lost; empty where this driver had not stopped it. */
    private static List<String> restore(ClusterClient cluster, Workload workload, Epoch epoch) {
        return switch (workload) {
            case Workload.Deployment deployment ->
                cluster.deployment(deployment.namespace(), deployment.name()).stream()
                        .filter(now -> now.before().isPresent() || (now.replicas() > 0 && isBy(epoch, now.epoch())))
                        .map(now -> {
                            requireNotNewer(epoch, now.epoch(), now.name());
                            now.before()
                                    .ifPresent(before -> cluster.change(
                                            now,
                                            d -> d.withReplicas(before, epoch.number())
                                                    .withBefore(Optional.empty())));
                            return now.name() + " to " + now.before().orElse(now.replicas());
                        })
                        .toList();
            case Workload.CronJob cronJob ->
                cluster.cronJob(cronJob.namespace(), cronJob.name()).stream()
                        .filter(now -> now.suspended() ? now.byFence() : isBy(epoch, now.epoch()))
                        .map(now -> {
                            requireNotNewer(epoch, now.epoch(), now.name());
                            if (now.suspended()) {
                                cluster.changeCronJob(now, c -> c.withSuspended(false, epoch.number()));
                            }
                            return now.name() + " to its schedule";
                        })
                        .toList();
        };
    }

    private static boolean isBy(Epoch epoch, long found) {
        return found == epoch.number();
    }

    /** False where a controller wrote an object at the same moment, which is no reason to give the driver up. */
    private static boolean stop(ClusterClient cluster, FenceActivities.Fence request) {
        try {
            request.workloads().forEach(workload -> stop(cluster, workload, request.epoch()));
            return true;
        } catch (ApplicationFailure failure) {
            if (FailureType.CONFLICT.is(failure)) {
                return false;
            }
            throw failure;
        }
    }

    private static void stop(ClusterClient cluster, Workload workload, Epoch epoch) {
        switch (workload) {
            case Workload.Deployment deployment ->
                cluster.deployment(deployment.namespace(), deployment.name()).ifPresent(now -> {
                    requireNotNewer(epoch, now.epoch(), now.name());
                    if (now.replicas() > 0) {
                        // What this fence remembered stays: replicas that came back since are not what ran before it.
                        Optional<Integer> before = now.epoch() == epoch.number() ? now.before() : Optional.empty();
                        cluster.change(
                                now,
                                d -> d.withReplicas(0, epoch.number())
                                        .withBefore(Optional.of(before.orElse(now.replicas()))));
                    }
                });
            case Workload.CronJob cronJob ->
                cluster.cronJob(cronJob.namespace(), cronJob.name()).ifPresent(now -> {
                    requireNotNewer(epoch, now.epoch(), now.name());
                    if (!now.suspended()) {
                        cluster.changeCronJob(now, c -> c.suspendedByFence(epoch.number()));
                    }
                });
        }
    }

    private static void requireNotNewer(Epoch epoch, long found, String what) {
        if (found > epoch.number()) {
            throw FailureType.STALE_EPOCH.failure("Cannot change \"" + what + "\" of \"" + epoch.service()
                    + "\" in epoch "
                    + epoch.number() + ": it carries epoch " + found + ". Another run holds the service; this one must"
                    + " end.");
        }
    }

    /** What still runs, or may. A Deployment that is not where the runbook says may run under another name: that is no proof. */
    private static List<String> look(ClusterClient cluster, List<Workload> workloads) {
        List<String> running = new ArrayList<>();
        if (workloads.stream().noneMatch(Workload.Deployment.class::isInstance)) {
            running.add("the runbook names no Deployment to stop");
        }
        for (Workload workload : workloads) {
            switch (workload) {
                case Workload.Deployment deployment -> {
                    Optional<DeploymentView> now = cluster.deployment(deployment.namespace(), deployment.name());
                    if (now.isEmpty()) {
                        running.add(deployment.name() + " (not found, so what it runs as is not known)");
                    }
                    now.filter(d -> d.replicas() > 0 || d.pods() > 0)
                            .ifPresent(d -> running.add(d.name() + " (" + d.pods() + " pods)"));
                }
                case Workload.CronJob cronJob -> {
                    Optional<CronJobView> now = cluster.cronJob(cronJob.namespace(), cronJob.name());
                    now.filter(c -> !c.suspended() || c.activeJobs() > 0)
                            .ifPresent(c -> running.add(c.name() + " (" + c.activeJobs() + " jobs)"));
                }
            }
        }
        return running;
    }
}
