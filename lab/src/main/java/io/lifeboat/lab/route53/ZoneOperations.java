package io.lifeboat.lab.route53;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.xbill.DNS.Name;

/** The operations of the HTTP API on hosted zones and their record sets. */
final class ZoneOperations {
    private static final int MOST_ZONES = 100;
    private static final int MOST_RECORD_SETS = 300;

    private final ZoneStore store;
    private final ChangeReader reader;
    private final Duration processing;
    private final Set<String> inProcess = ConcurrentHashMap.newKeySet();

    /** @param processing how long a change keeps the zone to itself before it is accepted */
    ZoneOperations(ZoneStore store, ChangeReader reader, Duration processing) {
        this.store = store;
        this.reader = reader;
        this.processing = processing;
    }

    ApiReply createZone(ApiRequest request) {
        XmlNode document = XmlNode.parse(request.body(), "CreateHostedZoneRequest");
        Zone zone =
                store.create(RecordRules.name(document.requiredText("Name")), document.requiredText("CallerReference"));
        ZoneStore.Receipt receipt = store.receipt();
        String location = "https://route53.amazonaws.com" + ApiRequest.VERSION + "/hostedzone/" + zone.id();
        return ApiReply.created(location, "CreateHostedZoneResponse", xml -> {
            write(xml, zone);
            write(xml, receipt);
            writeDelegationSet(xml);
        });
    }

    ApiReply getZone(ApiRequest request) {
        Zone zone = store.zone(request.id());
        return ApiReply.ok("GetHostedZoneResponse", xml -> {
            write(xml, zone);
            writeDelegationSet(xml);
        });
    }

    ApiReply listZones(ApiRequest request) {
        List<Zone> zones = store.zones().stream()
                .sorted(Comparator.comparing(Zone::id))
                .dropWhile(
                        zone -> zone.id().compareTo(request.parameter("marker").orElse("")) < 0)
                .toList();
        int size = request.pageSize(MOST_ZONES);
        return ApiReply.ok("ListHostedZonesResponse", xml -> {
            writePage(xml, zones, size);
            xml.element("Marker", request.parameter("marker"));
            xml.element("IsTruncated", zones.size() > size);
            xml.element("NextMarker", next(zones, size).map(Zone::id));
            xml.element("MaxItems", size);
        });
    }

    ApiReply listZonesByName(ApiRequest request) {
        Optional<Name> from = request.parameter("dnsname").map(RecordRules::name);
        Optional<String> fromId = request.parameter("hostedzoneid");
        List<Zone> zones = store.zones().stream()
                .dropWhile(
                        zone -> from.map(name -> isBefore(zone, name, fromId)).orElse(false))
                .toList();
        int size = request.pageSize(MOST_ZONES);
        return ApiReply.ok("ListHostedZonesByNameResponse", xml -> {
            writePage(xml, zones, size);
            xml.element("DNSName", request.parameter("dnsname"));
            xml.element("HostedZoneId", fromId);
            xml.element("IsTruncated", zones.size() > size);
            xml.element("NextDNSName", next(zones, size).map(Zone::name));
            xml.element("NextHostedZoneId", next(zones, size).map(Zone::id));
            xml.element("MaxItems", size);
        });
    }

    private static boolean isBefore(Zone zone, Name name, Optional<String> id) {
        int order = zone.name().compareTo(name);
        return order < 0 || (order == 0 && zone.id().compareTo(id.orElse("")) < 0);
    }

    /**
     * Accepts or refuses a batch. "If Route 53 can't process a request before the next request arrives, it will reject
     * subsequent requests for the same hosted zone" with {@code PriorRequestNotComplete}: what counts is that the earlier
     * request is being processed, not that its change is still {@code PENDING}.
     */
    ApiReply changeRecordSets(ApiRequest request) {
        String zoneId = request.id();
        store.zone(zoneId);
        if (!inProcess.add(zoneId)) {
            throw Route53Fault.of(
                    400,
                    "PriorRequestNotComplete",
                    "The request was rejected because Route 53 was still processing a prior request.");
        }
        try {
            // Stands for the time the real service works on a change.
            Thread.sleep(processing);
            ZoneStore.Receipt receipt = store.change(zoneId, reader.read(request.body()));
            return ApiReply.ok("ChangeResourceRecordSetsResponse", xml -> write(xml, receipt));
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            throw Route53Fault.of(503, "ServiceUnavailable", "The lab's Route 53 is closing");
        } finally {
            inProcess.remove(zoneId);
        }
    }

    ApiReply getChange(ApiRequest request) {
        ZoneStore.Receipt receipt = store.findReceipt(request.id());
        return ApiReply.ok("GetChangeResponse", xml -> write(xml, receipt));
    }

    ApiReply listRecordSets(ApiRequest request) {
        Optional<String> type = request.parameter("type");
        Optional<String> identifier = request.parameter("identifier");
        Optional<Name> name = request.parameter("name").map(RecordRules::name);
        if ((type.isPresent() && name.isEmpty()) || (identifier.isPresent() && type.isEmpty())) {
            throw Route53Fault.invalidInput(
                    "A list starts at a name, a name and a type, or all of name, type and identifier.");
        }
        List<RecordSet> sets = store.zone(request.id()).recordSets().stream()
                .dropWhile(set -> name.map(from -> isBefore(set, from, type.orElse(""), identifier.orElse("")))
                        .orElse(false))
                .toList();
        int size = request.pageSize(MOST_RECORD_SETS);
        Optional<RecordSet> next = next(sets, size);
        return ApiReply.ok("ListResourceRecordSetsResponse", xml -> {
            xml.element("ResourceRecordSets", list -> sets.stream().limit(size).forEach(set -> write(list, set)));
            xml.element("IsTruncated", next.isPresent());
            xml.element("NextRecordName", next.map(RecordSet::listedName));
            xml.element("NextRecordType", next.map(RecordSet::typeName));
            xml.element("NextRecordIdentifier", next.flatMap(RecordSet::setIdentifier));
            xml.element("MaxItems", size);
        });
    }

    private static boolean isBefore(RecordSet set, Name name, String type, String identifier) {
        int byName = set.name().compareTo(name);
        int byType = set.typeName().compareTo(type);
        return byName < 0
                || (byName == 0 && byType < 0)
                || (byName == 0 && byType == 0 && set.setIdentifier().orElse("").compareTo(identifier) < 0);
    }

    private static <T> Optional<T> next(List<T> items, int size) {
        return items.stream().skip(size).findFirst();
    }

    private static void writePage(XmlText xml, List<Zone> zones, int size) {
        xml.element("HostedZones", list -> zones.stream().limit(size).forEach(zone -> write(list, zone)));
    }

    private static void write(XmlText xml, Zone zone) {
        xml.element("HostedZone", element -> {
            element.element("Id", "/hostedzone/" + zone.id());
            element.element("Name", zone.name());
            element.element("CallerReference", zone.callerReference());
            element.element("Config", config -> config.element("PrivateZone", false));
            element.element("ResourceRecordSetCount", zone.recordSets().size());
        });
    }

    private void write(XmlText xml, ZoneStore.Receipt receipt) {
        xml.element("ChangeInfo", change -> {
            change.element("Id", "/change/" + receipt.id());
            change.element("Status", store.isInSync(receipt) ? "INSYNC" : "PENDING");
            change.element("SubmittedAt", receipt.submittedAt().truncatedTo(ChronoUnit.MILLIS));
        });
    }

    private void writeDelegationSet(XmlText xml) {
        xml.element(
                "DelegationSet",
                set -> set.element(
                        "NameServers",
                        list -> store.nameServers()
                                .forEach(server -> list.element("NameServer", server.replaceFirst("\\.$", "")))));
    }

    private static void write(XmlText xml, RecordSet set) {
        xml.element("ResourceRecordSet", element -> {
            element.element("Name", set.listedName());
            element.element("Type", set.typeName());
            element.element("SetIdentifier", set.setIdentifier());
            element.element("Weight", set.weight());
            element.element("TTL", set.ttl());
            element.element(
                    "ResourceRecords",
                    records -> set.values()
                            .forEach(value ->
                                    records.element("ResourceRecord", record -> record.element("Value", value))));
            element.element("HealthCheckId", set.healthCheckId());
        });
    }
}
