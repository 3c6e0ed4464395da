package io.lifeboat.lab.route53;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** An unchanging picture of a hosted zone; its record sets are in the order in which Route 53 lists them. */
record Zone(String id, Name name, String callerReference, List<RecordSet> recordSets) {
    Zone {
        recordSets = recordSets.stream().sorted(RecordSet.LISTED).toList();
    }

    /** A new zone with the SOA and NS records that Route 53 gives it. */
    static Zone created(String id, Name name, String callerReference, List<String> nameServers) {
        String soa = nameServers.getFirst() + " awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400";
        return new Zone(
                id,
                name,
                callerReference,
                List.of(apex(name, Type.NS, 172_800, nameServers), apex(name, Type.SOA, 900, List.of(soa))));
    }

    private static RecordSet apex(Name name, int type, long ttl, List<String> values) {
        return new RecordSet(name, type, Optional.empty(), Optional.empty(), ttl, values, Optional.empty());
    }

    /**
     * The zone after the whole batch, which is applied in order and either as a whole or not at all.
     *
     * @throws Route53Fault with every problem of the batch
     */
    Zone changedBy(List<Change> batch) {
        List<String> problems = new ArrayList<>();
        Zone changed = this;
        for (Change change : batch) {
            Optional<String> problem = ChangeRules.problem(changed, change);
            problem.ifPresent(problems::add);
            if (problem.isEmpty()) {
                changed = changed.after(change);
            }
        }
        if (!problems.isEmpty()) {
            throw Route53Fault.invalidChangeBatch(problems);
        }
        return changed;
    }

    private Zone after(Change change) {
        List<RecordSet> changed = new ArrayList<>(recordSets);
        changed.removeIf(change.recordSet()::hasSameKey);
        if (change.action() != Change.Action.DELETE) {
            changed.add(change.recordSet());
        }
        return new Zone(id, name, callerReference, changed);
    }

    Optional<RecordSet> find(RecordSet key) {
        return recordSets.stream().filter(key::hasSameKey).findFirst();
    }

    /** All record sets of a name and type: one simple set, or the weighted ones. */
    List<RecordSet> group(Name owner, int type) {
        return recordSets.stream()
                .filter(set -> set.type() == type && set.name().equals(owner))
                .toList();
    }
}
