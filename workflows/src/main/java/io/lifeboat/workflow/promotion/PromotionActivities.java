package io.lifeboat.workflow.promotion;

import io.lifeboat.runbook.Datastore;
import io.lifeboat.workflow.epoch.Epoch;
import io.lifeboat.workflow.fence.FenceReceipt;
import io.temporal.activity.ActivityInterface;

/** Turns the standby of a datastore into its primary. */
@ActivityInterface(namePrefix = "Promotion_")
public interface PromotionActivities {
    /**
     * Looks at the standby without changing it. Fails with {@code PROMOTION_REFUSED} when it is further behind than the runbook
     * allows, is on another timeline than the primary was, or is missing. Succeeds for a database this epoch has already promoted.
     */
    StandbyReceipt check(Promotion request);

    /**
     * Promotes, proves that the database accepts a write, and counts acknowledged markers that are missing. {@code
     * PROMOTION_REFUSED}, {@code PRECONDITION_FAILED} and {@code STALE_EPOCH} promise that nothing was done.
     */
    PromotionReceipt promote(Promotion request);

    /**
     * @param fence the proof that nothing else writes; a promotion without one cannot be asked for
     * @param region where the standby is
     */
    record Promotion(Epoch epoch, Datastore datastore, String region, FenceReceipt fence) {
        public Promotion {
            if (!fence.proven()) {
                throw new IllegalArgumentException("a promotion needs a fence proof");
            }
        }
    }
}
