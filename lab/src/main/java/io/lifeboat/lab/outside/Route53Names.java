package io.lifeboat.lab.outside;

import io.lifeboat.lab.LabState;
import io.lifeboat.lab.route53.LabRoute53;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/** The lab's Route 53 as the provider of its names. */
public final class Route53Names implements PublicDns.Provider {

    @Override
    public PublicDns serve(LabState lab) {
        LabState.Outside outside = lab.outside();
        try {
            return new Served(LabRoute53.start(LabRoute53.Config.on(InetAddress.getByName(outside.address()))
                    .withPorts(outside.route53Port(), outside.dnsPort())));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot serve the names of lab \"" + lab.name() + "\" on " + outside.address() + " ports "
                            + outside.route53Port() + " and " + outside.dnsPort()
                            + ". Look who listens there.",
                    e);
        }
    }

    private static final class Served implements PublicDns {

        private final LabRoute53 route53;
        private final Map<String, String> zoneIds = new HashMap<>();

        Served(LabRoute53 route53) {
            this.route53 = route53;
        }

        @Override
        public void createZone(String zone) {
            zoneIds.put(zone, route53.createZone(zone));
        }

        @Override
        public void add(String zone, WeightedAddress address) {
            String id = zoneIds.get(zone);
            if (id == null) {
                throw new IllegalArgumentException("the zone \"" + zone + "\" was not created");
            }
            route53.addAddress(
                    id, address.name(), address.setIdentifier(), address.address(), address.weight(), address.ttl());
        }

        @Override
        public void close() {
            try {
                route53.close();
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot close the lab's Route 53", e);
            }
        }
    }
}
