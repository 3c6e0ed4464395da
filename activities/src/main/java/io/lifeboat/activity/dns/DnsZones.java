package io.lifeboat.activity.dns;

import java.util.List;

/** Zones by name, and the servers that answer for them. */
public interface DnsZones {
    /** The zone of this name; {@code TARGET_NOT_FOUND} where the provider has none. */
    DnsZone zone(String name);

    /** {@code host:port} of every authoritative server of the zone. */
    List<String> nameservers(String name);
}
