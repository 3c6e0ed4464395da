package io.lifeboat.lab.outside;

import io.lifeboat.lab.LabState;
import java.time.Duration;

/** The DNS provider, as far as a lab needs it to begin. It serves from the moment it exists until it is closed. */
public interface PublicDns extends AutoCloseable {

    /**
     * One of several addresses behind a name.
     *
     * @param setIdentifier tells it from the others of the same name
     * @param weight 0 to 255
     */
    record WeightedAddress(String name, String setIdentifier, String address, int weight, Duration ttl) {}

    /** Starts one for a lab; found by {@link java.util.ServiceLoader}. */
    interface Provider {
        /** Listens on the ports of {@link LabState.Outside}, or throws. */
        PublicDns serve(LabState lab);
    }

    /** Creates a public zone; {@code zone} without the final dot. */
    void createZone(String zone);

    /** Adds an address to a zone that was created before. */
    void add(String zone, WeightedAddress address);

    @Override
    void close();
}
