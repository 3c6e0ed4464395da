package io.lifeboat.lab.route53;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** What Route 53 refuses whatever the zone holds: values that their type does not allow. */
final class RecordRules {
    private static final Pattern IPV4 = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");
    private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"(?:\\s+|$)");
    private static final int LONGEST_STRING = 255;

    private RecordRules() {}

    /** @throws Route53Fault {@code InvalidInput} where the name is none */
    static Name name(String text) {
        try {
            return Name.fromString(text.endsWith(".") ? text : text + ".").canonicalize();
        } catch (TextParseException e) {
            throw Route53Fault.invalidInput("Invalid domain name: \"" + text + "\" (" + e.getMessage() + ")");
        }
    }

    static Optional<String> problem(RecordSet set) {
        if (set.type() == Type.CNAME && set.values().size() > 1) {
            return Optional.of("RRSet of type CNAME with DNS name " + set.listedName() + " can have only one value");
        }
        if (set.values().stream().distinct().count() < set.values().size()) {
            return Optional.of("Duplicate Resource Record: '" + firstDuplicate(set.values()) + "'");
        }
        return set.values().stream()
                .flatMap(value -> problem(set, value).stream())
                .findFirst();
    }

    private static String firstDuplicate(List<String> values) {
        return values.stream()
                .filter(value -> values.indexOf(value) != values.lastIndexOf(value))
                .findFirst()
                .orElseThrow();
    }

    private static Optional<String> problem(RecordSet set, String value) {
        return switch (set.type()) {
            case Type.A ->
                IPV4.matcher(value).matches()
                        ? Optional.empty()
                        : fatal("ARRDATAIllegalIPv4Address", "Value is not a valid IPv4 address", value);
            case Type.TXT, Type.SPF -> textProblem(value);
            default -> unreadable(set, value);
        };
    }

    /** Text is one or more strings in quotation marks, each of at most 255 characters. */
    private static Optional<String> textProblem(String value) {
        Matcher strings = QUOTED.matcher(value);
        int end = 0;
        while (end < value.length() && strings.find(end) && strings.start() == end) {
            if (strings.group(1).replaceAll("\\\\(?:\\d{3}|.)", "x").length() > LONGEST_STRING) {
                return fatal("CharacterStringTooLong", "Value is too long", value);
            }
            end = strings.end();
        }
        return end > 0 && end == value.length()
                ? Optional.empty()
                : fatal("InvalidCharacterString", "Value should be enclosed in quotation marks", value);
    }

    private static Optional<String> unreadable(RecordSet set, String value) {
        try {
            Record.fromString(set.name(), set.type(), DClass.IN, set.ttl(), value, Name.root);
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return fatal("InvalidValue", "Value is not valid for type " + set.typeName(), value);
        }
    }

    private static Optional<String> fatal(String kind, String explanation, String value) {
        return Optional.of("Invalid Resource Record: 'FATAL problem: " + kind + " (" + explanation
                + ") encountered with '" + value + "''");
    }
}
