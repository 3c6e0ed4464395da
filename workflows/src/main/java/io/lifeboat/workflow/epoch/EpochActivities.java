package io.lifeboat.workflow.epoch;

import io.lifeboat.runbook.Ledger;
import io.temporal.activity.ActivityInterface;

/** Takes and closes epochs: a compare-and-set object per service in the ledger bucket. */
@ActivityInterface(namePrefix = "Epoch_")
public interface EpochActivities {
    /** Takes the next epoch. The same run asking twice gets the same epoch. Fails with {@code CONFLICT} when another run was quicker. */
    EpochReceipt take(TakeEpoch request);

    /** Records where the service lives now. Fails with {@code STALE_EPOCH} when a newer epoch exists. */
    EpochReceipt close(CloseEpoch request);

    /**
     * @param run workflow id and run id of the asking run
     * @param activeRegion where the service lives while the run is under way
     */
    record TakeEpoch(String service, Ledger ledger, String run, String activeRegion) {}

    /** @param activeRegion where the service lives from now on */
    record CloseEpoch(Epoch epoch, String activeRegion) {}
}
