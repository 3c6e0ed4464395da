package io.lifeboat.activity.dns;

import java.util.List;
import java.util.Optional;

/** The zone of a service, at its provider. Every call answers or fails within about five seconds. */
public interface DnsZone {
    /**
     * One weighted A record set.
     *
     * @param region also the set's identifier
     * @param healthCheck id of the provider's health check; empty where the set has none
     */
    record WeightedAddress(String region, String address, int weight, long ttlSeconds, Optional<String> healthCheck) {}

    /**
     * What the zone says of one public name.
     *
     * @param epoch newest epoch that changed it, from the TXT record {@code _lifeboat.<name>}; 0 when none did
     */
    record Weights(List<WeightedAddress> addresses, long epoch) {
        public Weights {
            addresses = List.copyOf(addresses);
        }
    }

    /** What the provider holds now, also where it has not reached the servers yet. */
    Weights read(String name);

    /**
     * Replaces exactly what was read, in one atomic change; empty when the zone is no longer as it was read, in which case nothing
     * changed. Returns the provider's id of the change. {@code PRECONDITION_FAILED}, with the provider's own sentence, when the zone is
     * as it was read and the change is refused all the same.
     */
    Optional<String> replace(String name, Weights read, Weights wanted);
}
