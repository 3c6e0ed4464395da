package io.lifeboat.activity.promotion;

import io.lifeboat.activity.epoch.EpochGate;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.epoch.Epoch;

/** Knows one newest epoch; 0 until told otherwise, so that every epoch passes. */
final class RecordingEpochGate implements EpochGate {
    private long newest;

    void moveTo(long epoch) {
        newest = epoch;
    }

    @Override
    public void requireNewest(Epoch epoch) {
        if (epoch.number() < newest) {
            throw FailureType.STALE_EPOCH.failure("epoch " + newest + " is newer than " + epoch.number());
        }
    }
}
