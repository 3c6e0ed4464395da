package io.lifeboat.workflow.client;

import java.util.Optional;

/**
 * What a synthetic client was told, on its own monotonic clock.
 *
 * @param acknowledged writes the service acknowledged
 * @param lost acknowledged writes that are missing
 * @param lostSeconds acknowledgement time of the last acknowledged write before the outage minus that of the last surviving one;
 *     absent before it was checked
 * @param outage the newest gap between two good answers; absent when there was none
 */
public record ClientRecord(
        int schemaVersion,
        String client,
        long acknowledged,
        long lost,
        Optional<Double> lostSeconds,
        Optional<Outage> outage,
        boolean answering) {

    /**
     * @param startedAt of the last good answer before the gap, by the client's wall clock; for reading, never for arithmetic
     * @param seconds from the last good answer before the gap to the first after it
     * @param open whether it still lasts
     */
    public record Outage(String startedAt, double seconds, boolean open) {}
}
