package io.lifeboat.activity.fence;

import io.lifeboat.workflow.fence.FenceActivities;
import io.lifeboat.workflow.fence.FenceReceipt;

/** One fence driver. The contract is that of {@link FenceActivities}. */
public interface Fencer {
    /** Fences and tries to prove it, within the driver's time-out; what cannot be proven is in the receipt. */
    FenceReceipt fence(FenceActivities.Fence request);

    /** Lifts the fence; tolerates that there is none. */
    FenceActivities.LiftReceipt lift(FenceActivities.Fence request);
}
