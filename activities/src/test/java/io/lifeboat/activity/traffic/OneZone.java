package io.lifeboat.activity.traffic;

import io.lifeboat.activity.dns.DnsZone;
import io.lifeboat.activity.dns.DnsZones;
import java.util.List;
import java.util.Optional;

/** One zone in memory, with a server that may say something else. */
final class OneZone implements DnsZones, DnsZone {
    private final String server;
    private Weights weights = new Weights(List.of(), 0);

    /** @param server {@code host:port} */
    OneZone(String server) {
        this.server = server;
    }

    @Override
    public DnsZone zone(String name) {
        return this;
    }

    @Override
    public List<String> nameservers(String name) {
        return List.of(server);
    }

    @Override
    public Weights read(String name) {
        return weights;
    }

    @Override
    public Optional<String> replace(String name, Weights read, Weights wanted) {
        weights = wanted;
        return Optional.of("change-1");
    }
}
