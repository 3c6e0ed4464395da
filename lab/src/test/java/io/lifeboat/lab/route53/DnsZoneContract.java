package io.lifeboat.lab.route53;

import static io.lifeboat.lab.route53.RecordSets.simple;
import static io.lifeboat.lab.route53.RecordSets.weighted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.activity.dns.DnsZone;
import io.lifeboat.activity.dns.DnsZone.WeightedAddress;
import io.lifeboat.activity.dns.DnsZone.Weights;
import io.lifeboat.activity.dns.route53.Route53DnsZones;
import io.lifeboat.activity.site.Settings;
import io.lifeboat.activity.site.Site;
import io.lifeboat.runbook.Setting;
import io.lifeboat.workflow.FailureType;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.HealthCheckType;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/**
 * What the zone adapter promises, whatever answers Route 53's API. What only a strict one can show, the comparison in
 * compare-and-set above all, is in {@link LabDnsZoneTest}.
 */
abstract class DnsZoneContract {
    static final String SECRET = "c4nary";

    final String domain = "zone-" + UUID.randomUUID() + ".test";
    final String name = "orders." + domain;

    Route53Client route53;
    Route53DnsZones zones;
    String zoneId;

    /** Where the HTTP API is. */
    abstract URI endpoint();

    @BeforeEach
    void createDomain() {
        route53 = Route53Contract.client(endpoint());
        zoneId = route53.createHostedZone(request ->
                        request.name(domain).callerReference(UUID.randomUUID().toString()))
                .hostedZone()
                .id();
        zones = zones(endpoint());
    }

    @AfterEach
    void closeClients() {
        route53.close();
        zones.close();
    }

    /** Zones as the worker has them. */
    static Route53DnsZones zones(URI endpoint) {
        return new Route53DnsZones(
                new Site.Route53(
                        Optional.of(endpoint),
                        "us-east-1",
                        Optional.of(new Setting("access")),
                        Optional.of(new Setting("env:SECRET_KEY")),
                        List.of()),
                new Settings(variable -> SECRET));
    }

    /** The name's two addresses, the second without traffic. */
    static Weights weights(long epoch, int east, int west) {
        return new Weights(
                List.of(
                        new WeightedAddress("us-east-1", "127.9.1.1", east, 1, Optional.empty()),
                        new WeightedAddress("us-west-2", "127.9.2.1", west, 1, Optional.empty())),
                epoch);
    }

    final DnsZone zone() {
        return zones.zone(domain);
    }

    final List<ResourceRecordSet> recordSets() {
        return route53.listResourceRecordSets(request -> request.hostedZoneId(zoneId))
                .resourceRecordSets();
    }

    final void write(ResourceRecordSet... sets) {
        route53.changeResourceRecordSets(request -> request.hostedZoneId(zoneId)
                .changeBatch(batch -> batch.changes(
                        List.of(sets).stream().map(RecordSets::creation).toList())));
    }

    @Test
    void nameThatTheZoneDoesNotHaveReadsAsNothing() {
        assertThat(zone().read(name)).isEqualTo(new Weights(List.of(), 0));
    }

    @Test
    void readsWhatOthersHaveWritten() {
        write(
                weighted(name + ".", "us-east-1", 100, "127.9.1.1"),
                weighted(name + ".", "us-west-2", 0, "127.9.2.1"),
                weighted("another." + domain + ".", "us-west-2", 7, "127.9.3.1"));

        assertThat(zone().read(name)).isEqualTo(weights(0, 100, 0));
    }

    @Test
    void readsBackWhatItReplacedTogetherWithTheEpoch() {
        Weights first = weights(6, 100, 0);
        Weights second = weights(7, 0, 100);

        Optional<String> begun = zone().replace(name, zone().read(name), first);
        Optional<String> moved = zone().replace(name, first, second);

        assertThat(begun).isPresent();
        assertThat(moved).isPresent();
        assertThat(zone().read(name)).isEqualTo(second);
    }

    @Test
    void epochTravelsAsOneTextRecordBesideTheName() {
        zone().replace(name, new Weights(List.of(), 0), weights(6, 100, 0));
        zone().replace(name, weights(6, 100, 0), weights(7, 0, 100));

        assertThat(recordSets().stream().filter(set -> set.type() == RRType.TXT))
                .singleElement()
                .satisfies(set -> {
                    assertThat(set.name()).isEqualTo("_lifeboat." + name + ".");
                    assertThat(set.resourceRecords())
                            .singleElement()
                            .satisfies(record -> assertThat(record.value()).isEqualTo("\"epoch=7\""));
                });
    }

    @Test
    void healthCheckAndTtlOfAnAddressSurvive() {
        String check = route53.createHealthCheck(
                        request -> request.callerReference(UUID.randomUUID().toString())
                                .healthCheckConfig(config -> config.type(HealthCheckType.TCP)
                                        .ipAddress("127.0.0.1")
                                        .port(1)))
                .healthCheck()
                .id();
        Weights wanted =
                new Weights(List.of(new WeightedAddress("us-east-1", "127.9.1.1", 100, 30, Optional.of(check))), 7);

        zone().replace(name, zone().read(name), wanted);

        assertThat(zone().read(name)).isEqualTo(wanted);
    }

    @Test
    void zoneThatTheAccountDoesNotHaveIsNotFound() {
        assertThatThrownBy(() -> zones.zone("unknown-" + domain))
                .matches(FailureType.TARGET_NOT_FOUND::is)
                .hasMessageContaining("unknown-" + domain);
    }

    @Test
    void recordsThatAreNotWeightedAreRefused() {
        write(simple(name + ".", RRType.A, "127.9.1.1"));

        assertRefusedAsNotWeighted();
    }

    @Test
    void weightedRecordOfTwoAddressesIsRefused() {
        write(simple(name + ".", RRType.A, "127.9.1.1", "127.9.1.2")
                .copy(set -> set.setIdentifier("us-east-1").weight(100L)));

        assertRefusedAsNotWeighted();
    }

    private void assertRefusedAsNotWeighted() {
        assertThatThrownBy(() -> zone().read(name))
                .matches(FailureType.PRECONDITION_FAILED::is)
                .hasMessageContaining(name)
                .hasMessageContaining("not weighted records of one address each");
    }

    @Test
    void serversOfTheZoneAreItsDelegationSet() {
        assertThat(zones.nameservers(domain)).isNotEmpty().allMatch(server -> server.endsWith(":53"));
    }
}
