package io.lifeboat.activity.epoch;

import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.epoch.Epoch;

/** Knows one newest epoch; 0 until told otherwise, so that every epoch passes. */
public final class RecordingEpochGate implements EpochGate {
    private long newest;

    public void moveTo(long epoch) {
        newest = epoch;
    }

    @Override
    public void requireNewest(Epoch epoch) {
        if (epoch.number() < newest) {
            throw FailureType.STALE_EPOCH.failure("epoch " + newest + " is newer than " + epoch.number());
        }
    }
}
