package io.lifeboat.lab.route53;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.xbill.DNS.Type;

/** Reads a {@code ChangeResourceRecordSetsRequest} and refuses what Route 53's schema and request checks refuse. */
final class ChangeReader {
    private static final List<String> ACTIONS =
            Stream.of(Change.Action.values()).map(Enum::name).toList();
    private static final List<String> TYPES =
            List.of("A", "AAAA", "CAA", "CNAME", "MX", "NAPTR", "NS", "PTR", "SOA", "SPF", "SRV", "TXT");
    private static final List<String> OTHER_POLICIES = List.of(
            "AliasTarget",
            "CidrRoutingConfig",
            "Failover",
            "GeoLocation",
            "GeoProximityLocation",
            "MultiValueAnswer",
            "Region",
            "TrafficPolicyInstanceId");
    private static final int MOST_RECORDS = 1_000;

    private final Predicate<String> healthCheckExists;

    ChangeReader(Predicate<String> healthCheckExists) {
        this.healthCheckExists = healthCheckExists;
    }

    List<Change> read(String document) {
        XmlNode request = XmlNode.parse(document, "ChangeResourceRecordSetsRequest");
        List<Change> changes = request.required("ChangeBatch").required("Changes").children("Change").stream()
                .map(this::change)
                .toList();
        if (changes.isEmpty()) {
            throw Route53Fault.invalidInput("Invalid XML ; the element 'Changes' needs at least one 'Change'.");
        }
        List<String> problems = changes.stream()
                .filter(change -> change.action() != Change.Action.DELETE)
                .flatMap(change -> RecordRules.problem(change.recordSet()).stream())
                .toList();
        if (!problems.isEmpty()) {
            throw Route53Fault.invalidChangeBatch(problems);
        }
        if (changes.stream().mapToInt(ChangeReader::cost).sum() > MOST_RECORDS) {
            throw Route53Fault.invalidChangeBatch(List.of("Number of records limit of 1000 exceeded."));
        }
        return changes;
    }

    /** "UPSERT requests count twice." */
    private static int cost(Change change) {
        int records = change.recordSet().values().size();
        return change.action() == Change.Action.UPSERT ? 2 * records : records;
    }

    private Change change(XmlNode change) {
        Change.Action action = XmlNode.word(change.requiredText("Action"), ACTIONS, Change.Action::valueOf);
        XmlNode set = change.required("ResourceRecordSet");
        OTHER_POLICIES.stream()
                .filter(policy -> set.child(policy).isPresent())
                .findFirst()
                .ifPresent(policy -> {
                    throw Route53Fault.invalidInput(
                            "The lab's Route 53 knows simple and weighted records only, and this change has '" + policy
                                    + "'. Use weights, or a real hosted zone.");
                });
        return new Change(action, recordSet(action, set));
    }

    private RecordSet recordSet(Change.Action action, XmlNode set) {
        String name = set.requiredText("Name");
        String type = set.requiredText("Type");
        Optional<String> setIdentifier = set.text("SetIdentifier");
        Optional<Integer> weight =
                set.number("Weight", "ResourceRecordSetWeight", 0, 255).map(Long::intValue);
        Optional<Long> ttl = set.number("TTL", "TTL", 0, Integer.MAX_VALUE);
        List<String> values = set.child("ResourceRecords").stream()
                .flatMap(records -> records.children("ResourceRecord").stream())
                .map(record -> record.requiredText("Value"))
                .toList();
        String where = " in Change with [Action=" + action + ", Name=" + name + ", Type=" + type + ", SetIdentifier="
                + setIdentifier.orElse("null") + "]";
        if (ttl.isEmpty() || values.isEmpty()) {
            boolean neither = ttl.isEmpty() && values.isEmpty();
            throw Route53Fault.invalidInput(
                    neither
                            ? "Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or"
                                    + " TrafficPolicyInstanceId], but found none" + where
                            : "Invalid request: Missing field '" + (ttl.isEmpty() ? "TTL" : "ResourceRecords") + "'"
                                    + where);
        }
        if (weight.isPresent() && setIdentifier.isEmpty()) {
            throw Route53Fault.invalidInput("Invalid request: Missing field 'SetIdentifier'" + where);
        }
        if (weight.isEmpty() && setIdentifier.isPresent()) {
            throw Route53Fault.invalidInput(
                    "Invalid request: Expected exactly one of [Weight, Region, Failover, GeoLocation,"
                            + " MultiValueAnswer, GeoProximityLocation, or CidrRoutingConfig], but found none" + where);
        }
        Optional<String> healthCheckId = set.text("HealthCheckId");
        healthCheckId.filter(id -> !healthCheckExists.test(id)).ifPresent(id -> {
            throw Route53Fault.noSuchHealthCheck(id);
        });
        return new RecordSet(
                RecordRules.name(name),
                XmlNode.word(type, TYPES, Type::value),
                setIdentifier,
                weight,
                ttl.get(),
                values,
                healthCheckId);
    }
}
