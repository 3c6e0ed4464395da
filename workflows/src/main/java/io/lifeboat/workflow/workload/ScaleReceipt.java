package io.lifeboat.workflow.workload;

import io.lifeboat.workflow.Fact;
import io.lifeboat.workflow.Receipt;
import java.util.List;

/**
 * A Deployment after scaling, as the API server reports it.
 *
 * @param seconds from the change to the last replica ready, on the worker's monotonic clock
 */
public record ScaleReceipt(String region, String deployment, int before, int replicas, int ready, double seconds)
        implements Receipt {
    @Override
    public String sentence() {
        return deployment + " in " + region + " has " + ready + " of " + replicas + " replicas ready.";
    }

    @Override
    public List<Fact> facts() {
        return List.of(new Fact(
                deployment, before + " → " + replicas + " replicas, " + ready + " ready after " + seconds + " s"));
    }
}
