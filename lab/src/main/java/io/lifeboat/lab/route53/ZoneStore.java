package io.lifeboat.lab.route53;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.xbill.DNS.Name;

/** All hosted zones, each as accepted and as already known to the name servers. */
final class ZoneStore {
    /** An accepted change and the moment at which every name server has it. */
    record Receipt(String id, Instant submittedAt, Instant inSyncAt) {}

    private record Version(Zone zone, Instant servedFrom) {}

    private final InstantSource clock;
    private final Duration propagation;
    private final List<String> nameServers;
    private final AtomicLong lastNumber = new AtomicLong();
    private final Map<String, List<Version>> versions = new HashMap<>();
    private final Map<String, Receipt> receipts = new HashMap<>();
    private final Set<String> callerReferences = new HashSet<>();

    ZoneStore(InstantSource clock, Duration propagation, List<String> nameServers) {
        this.clock = clock;
        this.propagation = propagation;
        this.nameServers = List.copyOf(nameServers);
    }

    List<String> nameServers() {
        return nameServers;
    }

    synchronized Zone create(Name name, String callerReference) {
        if (!callerReferences.add(callerReference)) {
            throw Route53Fault.of(
                    409,
                    "HostedZoneAlreadyExists",
                    "A hosted zone has already been created with the specified caller reference.");
        }
        Zone zone = Zone.created(nextId("Z"), name, callerReference, nameServers);
        versions.put(zone.id(), List.of(new Version(zone, clock.instant())));
        return zone;
    }

    synchronized Receipt change(String zoneId, List<Change> batch) {
        Zone changed = zone(zoneId).changedBy(batch);
        Receipt receipt = receipt();
        List<Version> kept = new ArrayList<>(servedAndLater(zoneId, receipt.submittedAt()));
        kept.add(new Version(changed, receipt.inSyncAt()));
        versions.put(zoneId, kept);
        return receipt;
    }

    /** A receipt for a change of something that takes effect without the zones changing. */
    synchronized Receipt receipt() {
        Instant now = clock.instant();
        Receipt receipt = new Receipt(nextId("C"), now, now.plus(propagation));
        receipts.put(receipt.id(), receipt);
        return receipt;
    }

    /** The zone as accepted by the API, whether or not the name servers know it. */
    synchronized Zone zone(String zoneId) {
        List<Version> known = versions.get(zoneId);
        if (known == null) {
            throw Route53Fault.noSuchHostedZone(zoneId);
        }
        return known.getLast().zone();
    }

    /** All zones as accepted, by name and then by id. */
    synchronized List<Zone> zones() {
        return versions.values().stream()
                .map(known -> known.getLast().zone())
                .sorted(Comparator.comparing(Zone::name).thenComparing(Zone::id))
                .toList();
    }

    /** All zones as the name servers know them now. */
    synchronized List<Zone> served() {
        Instant now = clock.instant();
        return versions.keySet().stream()
                .map(id -> servedAndLater(id, now).getFirst().zone())
                .toList();
    }

    synchronized Receipt findReceipt(String id) {
        return Optional.ofNullable(receipts.get(id))
                .orElseThrow(() -> Route53Fault.of(404, "NoSuchChange", "Could not find resource with ID: " + id));
    }

    boolean isInSync(Receipt receipt) {
        return !clock.instant().isBefore(receipt.inSyncAt());
    }

    private List<Version> servedAndLater(String zoneId, Instant now) {
        List<Version> known = versions.getOrDefault(zoneId, List.of());
        int served = 0;
        for (int i = 1; i < known.size(); i++) {
            if (!known.get(i).servedFrom().isAfter(now)) {
                served = i;
            }
        }
        return known.subList(served, known.size());
    }

    private String nextId(String prefix) {
        return prefix + "%013d".formatted(lastNumber.incrementAndGet());
    }
}
