package io.lifeboat.activity.epoch;

/**
 * What the ledger bucket holds under {@code epochs/<service>.json}.
 *
 * @param run workflow id and run id of the newest holder
 * @param activeRegion where the service lives
 */
record EpochObject(int schemaVersion, String service, long epoch, String run, String activeRegion) {
    EpochObject livesIn(String region) {
        return new EpochObject(schemaVersion, service, epoch, run, region);
    }

    /** The object as the epoch after this one takes it. */
    EpochObject next(String taker) {
        return new EpochObject(schemaVersion, service, epoch + 1, taker, activeRegion);
    }
}
