package io.lifeboat.lab.outside;

import io.lifeboat.lab.LabState;
import java.time.Duration;
import java.util.ServiceLoader;

/** The names with which a lab begins: all traffic goes to the primary region. */
final class OutsideDns {

    static final String ZONE = "lifeboat.test";
    static final String ORDERS = "orders." + ZONE;

    private static final Duration TTL = Duration.ofSeconds(1);
    private static final int ALL = 100;

    private OutsideDns() {}

    /** The lab's DNS provider, listening on the addresses that {@code lab} names. */
    static PublicDns serve(LabState lab) {
        return ServiceLoader.load(PublicDns.Provider.class)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Cannot serve the names of lab \"" + lab.name()
                        + "\": the class path names no " + PublicDns.Provider.class.getName()
                        + ". Add one below META-INF/services."))
                .serve(lab);
    }

    static void publish(LabState lab, PublicDns dns) {
        dns.createZone(ZONE);
        for (LabState.Region region : lab.regions()) {
            int weight = region.primary() ? ALL : 0;
            dns.add(ZONE, new PublicDns.WeightedAddress(ORDERS, region.name(), region.address(), weight, TTL));
        }
    }
}
