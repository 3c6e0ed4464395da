package io.lifeboat.lab.route53;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Answers one query from a picture of the zones: no clock, no network, and chance only from the generator it is given. */
final class DnsAnswerer {
    private static final int MAX_ALIASES = 8;
    private static final int UDP_PAYLOAD = 1232;

    private final List<Zone> zones;
    private final Predicate<String> healthy;
    private final RandomGenerator random;

    /** @param healthy whether the health check with this id is healthy */
    DnsAnswerer(List<Zone> zones, Predicate<String> healthy, RandomGenerator random) {
        this.zones = List.copyOf(zones);
        this.healthy = healthy;
        this.random = random;
    }

    Message answer(Message query) {
        Message answer = new Message(query.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setOpcode(query.getHeader().getOpcode());
        if (query.getHeader().getFlag(Flags.RD)) {
            answer.getHeader().setFlag(Flags.RD);
        }
        if (query.getOPT() != null) {
            answer.addRecord(new OPTRecord(UDP_PAYLOAD, 0, 0), Section.ADDITIONAL);
        }
        @Nullable Record question = query.getQuestion();
        if (query.getHeader().getOpcode() != Opcode.QUERY) {
            return withCode(answer, Rcode.NOTIMP);
        }
        if (question == null || query.getHeader().getCount(Section.QUESTION) != 1) {
            return withCode(answer, Rcode.FORMERR);
        }
        answer.addRecord(question, Section.QUESTION);
        if (Type.isRR(question.getType()) && question.getDClass() == DClass.IN) {
            return zoneOf(question.getName())
                    .map(zone -> answer(zone, question, answer))
                    .orElseGet(() -> withCode(answer, Rcode.REFUSED));
        }
        return withCode(answer, Rcode.REFUSED);
    }

    /** What is said about a packet that cannot be read, provided that its header can be. */
    static Message malformed(Header header) {
        Message answer = new Message(header.getID());
        answer.getHeader().setFlag(Flags.QR);
        return withCode(answer, Rcode.FORMERR);
    }

    private Message answer(Zone zone, Record question, Message answer) {
        answer.getHeader().setFlag(Flags.AA);
        Name name = question.getName();
        for (int alias = 0; alias < MAX_ALIASES && name.subdomain(zone.name()); alias++) {
            List<Record> records = records(zone, name, question.getType());
            if (records.isEmpty() && question.getType() != Type.CNAME) {
                records = records(zone, name, Type.CNAME);
            }
            records.forEach(found -> answer.addRecord(found, Section.ANSWER));
            if (records.isEmpty()) {
                soa(zone).ifPresent(soa -> answer.addRecord(soa, Section.AUTHORITY));
                return exists(zone, source(zone, name)) ? answer : withCode(answer, Rcode.NXDOMAIN);
            }
            if (question.getType() != Type.CNAME && records.getFirst() instanceof CNAMERecord cname) {
                name = cname.getTarget();
            } else {
                return answer;
            }
        }
        return answer;
    }

    private List<Record> records(Zone zone, Name owner, int type) {
        List<RecordSet> group = zone.group(source(zone, owner), type);
        if (group.isEmpty()) {
            return List.of();
        }
        RecordSet chosen = group.size() == 1
                ? group.getFirst()
                : Weights.choose(
                        group, set -> set.healthCheckId().map(healthy::test).orElse(true), random);
        List<Record> records = new ArrayList<>();
        for (String value : chosen.values()) {
            records.add(record(owner, type, chosen.ttl(), value));
        }
        return records;
    }

    /** The name that answers for this one: itself, or the wildcard beside its closest existing ancestor. */
    private static Name source(Zone zone, Name owner) {
        if (exists(zone, owner)) {
            return owner;
        }
        Name ancestor = new Name(owner, 1);
        while (!exists(zone, ancestor) && ancestor.labels() > zone.name().labels()) {
            ancestor = new Name(ancestor, 1);
        }
        return asterisk(ancestor);
    }

    private static Name asterisk(Name parent) {
        try {
            return Name.concatenate(Name.fromConstantString("*"), parent);
        } catch (org.xbill.DNS.NameTooLongException tooLong) {
            return parent;
        }
    }

    private static boolean exists(Zone zone, Name name) {
        return zone.recordSets().stream().anyMatch(set -> set.name().subdomain(name));
    }

    private Optional<Zone> zoneOf(Name name) {
        return zones.stream()
                .filter(zone -> name.subdomain(zone.name()))
                .max(Comparator.comparingInt(zone -> zone.name().labels()));
    }

    /** Negative answers live as long as the smaller of the SOA's TTL and its minimum (RFC 2308). */
    private static Optional<Record> soa(Zone zone) {
        return zone.group(zone.name(), Type.SOA).stream()
                .map(set ->
                        record(zone.name(), Type.SOA, set.ttl(), set.values().getFirst()))
                .map(SOARecord.class::cast)
                .map(soa ->
                        record(zone.name(), Type.SOA, Math.min(soa.getTTL(), soa.getMinimum()), soa.rdataToString()))
                .findFirst();
    }

    /** @throws IllegalStateException for a value that {@link RecordRules} should have refused */
    private static Record record(Name owner, int type, long ttl, String value) {
        try {
            return Record.fromString(owner, type, DClass.IN, ttl, value, Name.root);
        } catch (IOException e) {
            throw new IllegalStateException("Cannot serve " + owner + " " + Type.string(type) + ": " + value, e);
        }
    }

    private static Message withCode(Message answer, int code) {
        answer.getHeader().setRcode(code);
        return answer;
    }
}
