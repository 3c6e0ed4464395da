package io.lifeboat.lab.client;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What an outage cost: acknowledged orders that the service no longer has.
 *
 * @param lost how many
 * @param nanos how far before the outage the last moment lies up to which every acknowledged order survived, seen from the
 *     last acknowledged order; 0 when none is lost
 */
record Loss(int lost, long nanos) {

    /**
     * Compares what was promised with what is there.
     *
     * <p>The survivors end before the <em>first</em> lost order: a later one that happens to be there does not make the
     * orders before it less lost. Orders acknowledged after the outage began to end count as lost when they are missing, but
     * the interval ends at the last one before the outage.
     *
     * @param startedNanos when the client began; where nothing survives the loss reaches back to here
     * @param acknowledged in the order in which they were acknowledged, without those an earlier check found missing
     * @param missing the keys that the service does not know
     */
    static Loss of(Outage outage, long startedNanos, List<Acknowledged> acknowledged, Set<UUID> missing) {
        if (missing.isEmpty()) {
            return new Loss(0, 0);
        }
        long lastSurviving = startedNanos;
        long lastBefore = startedNanos;
        boolean complete = true;
        Set<UUID> lost = new HashSet<>();
        for (Acknowledged order : acknowledged) {
            if (missing.contains(order.key())) {
                lost.add(order.key());
                complete = false;
            }
            if (order.nanos() - outage.lastGood() <= 0) {
                lastBefore = order.nanos();
                lastSurviving = complete ? order.nanos() : lastSurviving;
            }
        }
        return new Loss(lost.size(), lastBefore - lastSurviving);
    }
}
