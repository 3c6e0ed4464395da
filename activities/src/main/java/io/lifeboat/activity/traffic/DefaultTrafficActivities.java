package io.lifeboat.activity.traffic;

import io.lifeboat.activity.dns.DnsZone;
import io.lifeboat.activity.dns.DnsZone.WeightedAddress;
import io.lifeboat.activity.dns.DnsZone.Weights;
import io.lifeboat.activity.dns.DnsZones;
import io.lifeboat.activity.dns.Resolver;
import io.lifeboat.activity.epoch.EpochGate;
import io.lifeboat.activity.site.Settings;
import io.lifeboat.runbook.Traffic;
import io.lifeboat.workflow.Fact;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.traffic.TrafficActivities;
import io.lifeboat.workflow.traffic.TrafficReceipt;
import io.lifeboat.workflow.traffic.TrafficReceipt.Weight;
import io.lifeboat.workflow.traffic.WatchReceipt;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Traffic by weighted DNS records. */
public final class DefaultTrafficActivities implements TrafficActivities {
    private static final int FULL_WEIGHT = 100;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    /** One answer of a weighted name proves little; so many in a row, of one address only, are asked for. */
    private static final int ANSWERS_IN_A_ROW = 3;
    /** Route 53 says that a change reaches its servers within 60 seconds as a rule. */
    private static final Duration PROPAGATION = Duration.ofSeconds(60);
    /** So that this class says what it waited for, before the two minutes of the call are over. */
    private static final Duration MOST = Duration.ofSeconds(100);

    private final DnsZones zones;
    private final Settings settings;
    private final EpochGate gate;
    private final Duration propagation;

    public DefaultTrafficActivities(DnsZones zones, Settings settings, EpochGate gate) {
        this(zones, settings, gate, PROPAGATION);
    }

    /** @param propagation how long, beyond the TTL, the servers may take to give the new answer */
    DefaultTrafficActivities(DnsZones zones, Settings settings, EpochGate gate, Duration propagation) {
        this.zones = zones;
        this.settings = settings;
        this.gate = gate;
        this.propagation = propagation;
    }

    @Override
    public TrafficReceipt move(Move request) {
        long started = System.nanoTime();
        gate.requireNewest(request.epoch());
        Traffic traffic = request.traffic();
        DnsZone zone = zones.zone(traffic.zone());
        Weights before = zone.read(traffic.record());
        if (before.epoch() > request.epoch().number()) {
            throw FailureType.STALE_EPOCH.failure("Cannot move traffic of \"" + traffic.record() + "\" in epoch "
                    + request.epoch().number() + ": the zone carries epoch " + before.epoch()
                    + ". Another run holds the service; this one must end.");
        }
        Weights wanted = new Weights(addresses(request, before), request.epoch().number());
        String change = sameChange(before, wanted)
                ? "already made"
                : zone.replace(traffic.record(), before, wanted)
                        .orElseThrow(() -> FailureType.CONFLICT.failure("Cannot move traffic of \"" + traffic.record()
                                + "\": the zone changed at the same moment. It is looked at again."));
        List<Fact> answers = awaitServers(
                traffic, settings.resolve(traffic.in(request.region()).address()));
        return new TrafficReceipt(
                traffic.record(),
                weights(before),
                weights(wanted),
                change,
                answers,
                Math.round((System.nanoTime() - started) / 1e6) / 1000.0);
    }

    private List<WeightedAddress> addresses(Move request, Weights before) {
        return request.traffic().endpoints().stream()
                .map(e -> new WeightedAddress(
                        e.region(),
                        settings.resolve(e.address()),
                        e.region().equals(request.region()) ? Math.max(e.weight(), FULL_WEIGHT) : 0,
                        request.traffic().ttl().toSeconds(),
                        before.addresses().stream()
                                .filter(a -> a.region().equals(e.region()))
                                .flatMap(a -> a.healthCheck().stream())
                                .findFirst()))
                .toList();
    }

    private static boolean sameChange(Weights before, Weights wanted) {
        return before.epoch() == wanted.epoch()
                && Set.copyOf(before.addresses()).equals(Set.copyOf(wanted.addresses()));
    }

    private static List<Weight> weights(Weights weights) {
        return weights.addresses().stream()
                .map(a -> new Weight(a.region(), a.weight()))
                .toList();
    }

    /** The change counts once the servers that clients ask give the new answer, not once the API says so. */
    private List<Fact> awaitServers(Traffic traffic, String address) {
        long started = System.nanoTime();
        Duration patience = traffic.ttl().plus(propagation);
        long deadline = started + (patience.compareTo(MOST) < 0 ? patience : MOST).toNanos();
        List<Fact> answers = new ArrayList<>();
        for (String server : zones.nameservers(traffic.zone())) {
            int inARow = 0;
            int asked = 0;
            while (inARow < ANSWERS_IN_A_ROW) {
                Optional<Set<String>> seen = ask(server, traffic.record());
                asked++;
                inARow = seen.filter(Set.of(address)::equals).isPresent() ? inARow + 1 : 0;
                if (inARow == 0) {
                    if (System.nanoTime() > deadline) {
                        throw FailureType.UNAVAILABLE.failure("Cannot see traffic of \"" + traffic.record()
                                + "\" moved: the zone has the change, but "
                                + (System.nanoTime() - started) / 1_000_000_000 + " s later DNS server " + server
                                + " last answered " + words(seen) + " and " + address
                                + " alone is wanted. Look at that server and at the provider's status page.");
                    }
                    LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
                    if (Thread.currentThread().isInterrupted()) {
                        throw FailureType.UNAVAILABLE.failure(
                                "The wait for DNS server " + server + " was interrupted. It is looked at again.");
                    }
                }
            }
            answers.add(new Fact("server " + server, address + " (" + asked + " asked)"));
        }
        return answers;
    }

    /** Empty where the server is silent. */
    private static Optional<Set<String>> ask(String server, String name) {
        try {
            return Optional.of(new Resolver(server).addresses(name));
        } catch (IOException silent) {
            return Optional.empty();
        }
    }

    private static String words(Optional<Set<String>> seen) {
        return seen.map(found -> found.isEmpty() ? "with no address" : String.join(", ", found))
                .orElse("nothing at all");
    }

    @Override
    public WatchReceipt watch(Watch request) {
        return new TrafficWatch(zones, settings).run(request);
    }
}
