package io.lifeboat.activity.promotion;

/**
 * What a run was about to do, recorded before it did it: a later attempt that finds a primary can tell whether it was this
 * run that promoted it.
 *
 * @param systemIdentifier of the cluster
 * @param timelineBefore timeline of the standby
 */
public record PromotionIntent(
        long epoch, String run, String datastore, String region, long systemIdentifier, long timelineBefore) {}
