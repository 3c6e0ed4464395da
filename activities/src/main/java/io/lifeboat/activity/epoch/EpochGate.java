package io.lifeboat.activity.epoch;

import io.lifeboat.workflow.epoch.Epoch;

/** Asked immediately before an effect: a run that has lost its epoch changes nothing any more. */
public interface EpochGate {
    /** Fails with {@code STALE_EPOCH} when a newer epoch exists and with {@code UNAVAILABLE} when that cannot be known. */
    void requireNewest(Epoch epoch);
}
