package io.lifeboat.lab.outside;

import io.lifeboat.lab.LabState;
import java.time.Duration;

/** The names with which a lab begins: all traffic goes to the primary region. */
final class OutsideDns {

    static final String ZONE = "lifeboat.test";
    static final String ORDERS = "orders." + ZONE;

    private static final Duration TTL = Duration.ofSeconds(1);
    private static final int ALL = 100;

    private OutsideDns() {}

    /** The lab's DNS provider, listening. */
    static PublicDns serve(LabState lab) {
        throw new UnsupportedOperationException("Cannot serve the names of lab \"" + lab.name()
                + "\": the lab's Route 53 is not wired to it yet.");
    }

    static void publish(LabState lab, PublicDns dns) {
        dns.createZone(ZONE);
        for (LabState.Region region : lab.regions()) {
            int weight = region.primary() ? ALL : 0;
            dns.add(ZONE, new PublicDns.WeightedAddress(ORDERS, region.name(), region.address(), weight, TTL));
        }
    }
}
