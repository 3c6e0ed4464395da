package io.lifeboat.lab.route53;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * A resource record set as Route 53 keeps it.
 *
 * @param name absolute, in lower case
 * @param type one of dnsjava's {@link Type} codes
 * @param ttl seconds
 */
record RecordSet(
        Name name,
        int type,
        Optional<String> setIdentifier,
        Optional<Integer> weight,
        long ttl,
        List<String> values,
        Optional<String> healthCheckId) {

    /** The order in which Route 53 lists: reversed labels, then type, then set identifier. */
    static final Comparator<RecordSet> LISTED = Comparator.comparing(RecordSet::name)
            .thenComparing(RecordSet::typeName)
            .thenComparing(set -> set.setIdentifier().orElse(""));

    RecordSet {
        values = List.copyOf(values);
    }

    String typeName() {
        return Type.string(type);
    }

    boolean hasSameNameAndType(RecordSet other) {
        return name.equals(other.name) && type == other.type;
    }

    boolean hasSameKey(RecordSet other) {
        return hasSameNameAndType(other) && setIdentifier.equals(other.setIdentifier);
    }

    /** Whether all values, in any order, the TTL, the weight and the health check are the same. */
    boolean hasSameContent(RecordSet other) {
        return ttl == other.ttl
                && weight.equals(other.weight)
                && healthCheckId.equals(other.healthCheckId)
                && values.stream()
                        .sorted()
                        .toList()
                        .equals(other.values.stream().sorted().toList());
    }

    /** The name as the API writes it, where an asterisk is an octal escape. */
    String listedName() {
        return listed(name);
    }

    static String listed(Name name) {
        return name.toString().replace("*", "\\052");
    }

    /** The key in the form of Route 53's own messages. */
    String described() {
        return "[name='" + listedName() + "', type='" + typeName() + "'"
                + setIdentifier
                        .map(identifier -> ", set-identifier='" + identifier + "'")
                        .orElse("")
                + "]";
    }
}
