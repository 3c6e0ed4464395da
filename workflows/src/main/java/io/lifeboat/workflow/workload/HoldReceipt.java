package io.lifeboat.workflow.workload;

import io.lifeboat.workflow.Fact;
import io.lifeboat.workflow.Receipt;
import java.util.ArrayList;
import java.util.List;

/**
 * What ran in a region when its automation was held.
 *
 * @param reachable whether the region's Kubernetes answered, at least until something had been suspended
 * @param detail what was seen when it did not, or what of the runbook the region lacks; empty otherwise
 */
public record HoldReceipt(
        String region, boolean reachable, String detail, List<CronJobState> cronJobs, List<DeploymentState> deployments)
        implements Receipt {

    /** @param wasSuspended before the hold */
    public record CronJobState(String name, String namespace, boolean wasSuspended) {}

    public record DeploymentState(String name, String namespace, int replicas) {}

    public HoldReceipt {
        cronJobs = List.copyOf(cronJobs);
        deployments = List.copyOf(deployments);
    }

    @Override
    public String sentence() {
        return reachable
                ? ("Automation in " + region + " is held: " + cronJobs.size()
                                + (cronJobs.size() == 1 ? " CronJob suspended. " : " CronJobs suspended. ") + detail)
                        .strip()
                : "Automation in " + region + " could not be held: " + detail;
    }

    @Override
    public List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        cronJobs.forEach(c ->
                facts.add(new Fact("CronJob " + c.name(), c.wasSuspended() ? "was already suspended" : "suspended")));
        deployments.forEach(d -> facts.add(new Fact("Deployment " + d.name(), d.replicas() + " replicas")));
        return List.copyOf(facts);
    }
}
