package io.lifeboat.activity.dns.route53;

import io.lifeboat.activity.dns.DnsZone;
import io.lifeboat.workflow.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.PriorRequestNotCompleteException;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;
import software.amazon.awssdk.services.route53.model.Route53Exception;

/**
 * A hosted zone. Route 53 has no conditional write, but a DELETE must match what is there exactly and a change batch is
 * atomic: deleting what was read and creating what is wanted is a compare-and-set. The epoch travels in the same batch as a
 * TXT record, so it is compared at the effect.
 */
final class Route53DnsZone implements DnsZone {
    private static final String EPOCH = "epoch=";
    private static final long EPOCH_TTL_SECONDS = 60;

    private final Route53Client client;
    private final String id;
    private final String zone;

    Route53DnsZone(Route53Client client, String id, String zone) {
        this.client = client;
        this.id = id;
        this.zone = zone;
    }

    @Override
    public Weights read(String name) {
        List<WeightedAddress> addresses = sets(name, RRType.A)
                .map(set -> plain(name, set))
                .map(set -> new WeightedAddress(
                        set.setIdentifier(),
                        set.resourceRecords().get(0).value(),
                        Math.toIntExact(set.weight()),
                        set.ttl(),
                        Optional.ofNullable(set.healthCheckId())))
                .toList();
        long epoch = sets(marker(name), RRType.TXT)
                .flatMap(set -> set.resourceRecords().stream())
                .map(record -> record.value().replace("\"", ""))
                .filter(text -> text.startsWith(EPOCH))
                .mapToLong(text -> Long.parseLong(text.substring(EPOCH.length())))
                .max()
                .orElse(0);
        return new Weights(addresses, epoch);
    }

    @Override
    public Optional<String> replace(String name, Weights read, Weights wanted) {
        List<Change> changes = new ArrayList<>();
        read.addresses().forEach(a -> changes.add(change(ChangeAction.DELETE, address(name, a))));
        if (read.epoch() > 0) {
            changes.add(change(ChangeAction.DELETE, epoch(name, read.epoch())));
        }
        wanted.addresses().forEach(a -> changes.add(change(ChangeAction.CREATE, address(name, a))));
        changes.add(change(ChangeAction.CREATE, epoch(name, wanted.epoch())));
        return call("change \"" + name + "\" in zone \"" + zone + "\"", () -> {
            try {
                return Optional.of(client.changeResourceRecordSets(b -> b.hostedZoneId(id)
                                .changeBatch(c -> c.comment("Lifeboat epoch " + wanted.epoch())
                                        .changes(changes)))
                        .changeInfo()
                        .id());
            } catch (Route53Exception failure) {
                String reason = ChangeRefusal.reason(failure).orElseThrow(() -> failure);
                if (same(read, read(name))) {
                    throw refusedForGood(name, reason);
                }
                return Optional.empty();
            }
        });
    }

    private static boolean same(Weights one, Weights other) {
        return one.epoch() == other.epoch() && Set.copyOf(one.addresses()).equals(Set.copyOf(other.addresses()));
    }

    /** Nobody overtook this change, so the same one would be refused for ever. */
    private ApplicationFailure refusedForGood(String name, String reason) {
        return FailureType.PRECONDITION_FAILED.failure("Cannot change \"" + name + "\" in zone \"" + zone
                + "\": the zone is as it was read, and the DNS provider refuses the change: " + reason
                + " Correct the records \"" + name + "\" and \"" + marker(name)
                + "\" in the zone, or the addresses and weights in `traffic`; then retryStep.");
    }

    private Stream<ResourceRecordSet> sets(String name, RRType type) {
        String absolute = name + ".";
        return call(
                "read \"" + name + "\" in zone \"" + zone + "\"",
                () -> client
                        .listResourceRecordSets(b -> b.hostedZoneId(id)
                                .startRecordName(absolute)
                                .startRecordType(type)
                                .maxItems("100"))
                        .resourceRecordSets()
                        .stream()
                        .filter(set -> set.name().equals(absolute) && set.type() == type));
    }

    /** Only weighted sets of one address can be compared and set; anything else is a mistake in the zone that a person must mend. */
    private static ResourceRecordSet plain(String name, ResourceRecordSet set) {
        if (set.weight() == null || set.resourceRecords().size() != 1) {
            throw FailureType.PRECONDITION_FAILED.failure("Cannot move traffic of \"" + name
                    + "\": its A records in the zone are not weighted records of one address each. Correct the zone.");
        }
        return set;
    }

    private static ResourceRecordSet address(String name, WeightedAddress a) {
        return ResourceRecordSet.builder()
                .name(name + ".")
                .type(RRType.A)
                .setIdentifier(a.region())
                .weight((long) a.weight())
                .ttl(a.ttlSeconds())
                .healthCheckId(a.healthCheck().orElse(null))
                .resourceRecords(ResourceRecord.builder().value(a.address()).build())
                .build();
    }

    private static ResourceRecordSet epoch(String name, long number) {
        return ResourceRecordSet.builder()
                .name(marker(name) + ".")
                .type(RRType.TXT)
                .ttl(EPOCH_TTL_SECONDS)
                .resourceRecords(ResourceRecord.builder()
                        .value("\"" + EPOCH + number + "\"")
                        .build())
                .build();
    }

    private static String marker(String name) {
        return "_lifeboat." + name;
    }

    private static Change change(ChangeAction action, ResourceRecordSet set) {
        return Change.builder().action(action).resourceRecordSet(set).build();
    }

    static <T> T call(String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (PriorRequestNotCompleteException busy) {
            throw throttled(what);
        } catch (Route53Exception refused) {
            // Route 53 answers with the code "Throttling", for which the SDK has no exception class of its own.
            if (refused.isThrottlingException()) {
                throw throttled(what);
            }
            String code = refused.awsErrorDetails() == null
                    ? ""
                    : " " + refused.awsErrorDetails().errorCode();
            throw FailureType.UNAVAILABLE.failure("Cannot " + what + ": the DNS provider answered "
                    + refused.statusCode() + code + ". Check the worker's credentials and the provider's status page.");
        } catch (SdkException failed) {
            throw FailureType.UNAVAILABLE.failure(
                    "Cannot " + what + ": the DNS provider's API does not answer. Check its status page.", failed);
        }
    }

    private static ApplicationFailure throttled(String what) {
        return FailureType.THROTTLED.failure(
                "Cannot " + what + " yet: the DNS provider asks for patience. It is tried again.");
    }
}
