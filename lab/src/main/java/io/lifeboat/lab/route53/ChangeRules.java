package io.lifeboat.lab.route53;

import java.util.Optional;
import org.xbill.DNS.Type;

/** What Route 53 refuses because of what the zone already holds, in its own words. */
final class ChangeRules {
    private ChangeRules() {}

    static Optional<String> problem(Zone zone, Change change) {
        RecordSet set = change.recordSet();
        if (!set.name().subdomain(zone.name())) {
            return Optional.of("RRSet with DNS name " + set.listedName() + " is not permitted in zone "
                    + RecordSet.listed(zone.name()));
        }
        return switch (change.action()) {
            case CREATE ->
                zone.find(set).isPresent()
                        ? Optional.of(
                                "Tried to create resource record set " + set.described() + " but it already exists")
                        : conflict(zone, set);
            case UPSERT -> conflict(zone, set);
            case DELETE -> refusedDelete(zone, set);
        };
    }

    private static Optional<String> refusedDelete(Zone zone, RecordSet set) {
        if (set.name().equals(zone.name()) && set.type() == Type.SOA) {
            return Optional.of("A HostedZone must contain exactly one SOA record.");
        }
        if (set.name().equals(zone.name()) && set.type() == Type.NS) {
            return Optional.of("A HostedZone must contain at least one NS record for the zone itself.");
        }
        String attempt = "Tried to delete resource record set " + set.described();
        return zone.find(set)
                .map(held -> held.hasSameContent(set)
                        ? Optional.<String>empty()
                        : Optional.of(attempt + " but the values provided do not match the current values"))
                .orElseGet(() -> Optional.of(attempt + " but it was not found"));
    }

    private static Optional<String> conflict(Zone zone, RecordSet set) {
        boolean mixesPolicies = zone.recordSets().stream()
                .anyMatch(held -> held.hasSameNameAndType(set)
                        && held.setIdentifier().isPresent()
                                != set.setIdentifier().isPresent());
        if (mixesPolicies) {
            return Optional.of("RRSet with DNS name " + set.listedName() + ", type " + set.typeName()
                    + ", SetIdentifier " + set.setIdentifier().orElse("null")
                    + " cannot be created as other RRSets exist with the same name and type.");
        }
        if (set.type() == Type.CNAME && set.name().equals(zone.name())) {
            return Optional.of("RRSet of type CNAME with DNS name " + set.listedName()
                    + " is not permitted at apex in zone " + RecordSet.listed(zone.name()));
        }
        boolean conflictsWithCname = zone.recordSets().stream()
                .anyMatch(held -> held.name().equals(set.name())
                        && held.type() != set.type()
                        && (held.type() == Type.CNAME || set.type() == Type.CNAME));
        if (conflictsWithCname) {
            return Optional.of("RRSet of type " + set.typeName() + " with DNS name " + set.listedName()
                    + " is not permitted as it conflicts with other records with the same DNS name in zone "
                    + RecordSet.listed(zone.name()));
        }
        return Optional.empty();
    }
}
