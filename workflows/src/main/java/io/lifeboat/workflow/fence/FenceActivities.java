package io.lifeboat.workflow.fence;

import io.lifeboat.runbook.Datastore;
import io.lifeboat.runbook.FenceDriver;
import io.lifeboat.runbook.Workload;
import io.lifeboat.workflow.epoch.Epoch;
import io.temporal.activity.ActivityInterface;
import java.util.List;

/** Makes writes in a region impossible, by one driver at a time. */
@ActivityInterface(namePrefix = "Fence_")
public interface FenceActivities {
    /**
     * Applies one driver and tries to prove it. A driver that cannot prove its effect answers so in the receipt instead of
     * failing, within its time-out, because the next driver is then tried. Never counts an unknown outcome as proof.
     */
    FenceReceipt fence(Fence request);

    /** Lifts what the driver did. Tolerates that the fence never happened. Retried until the region answers. */
    LiftReceipt lift(Fence request);

    /** @param region the region that must not write any more */
    record Fence(Epoch epoch, String region, FenceDriver driver, List<Datastore> datastores, List<Workload> workloads) {
        public Fence {
            datastores = List.copyOf(datastores);
            workloads = List.copyOf(workloads);
        }
    }

    /** @param detail what was seen */
    record LiftReceipt(String region, String driver, String detail) {}
}
