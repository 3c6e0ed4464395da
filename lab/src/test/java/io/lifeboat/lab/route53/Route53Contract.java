package io.lifeboat.lab.route53;

import static io.lifeboat.lab.route53.RecordSets.creation;
import static io.lifeboat.lab.route53.RecordSets.deletion;
import static io.lifeboat.lab.route53.RecordSets.simple;
import static io.lifeboat.lab.route53.RecordSets.upsert;
import static io.lifeboat.lab.route53.RecordSets.weighted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeInfo;
import software.amazon.awssdk.services.route53.model.CreateHostedZoneResponse;
import software.amazon.awssdk.services.route53.model.HealthCheckType;
import software.amazon.awssdk.services.route53.model.InvalidChangeBatchException;
import software.amazon.awssdk.services.route53.model.NoSuchHealthCheckException;
import software.amazon.awssdk.services.route53.model.NoSuchHostedZoneException;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/**
 * What every stand-in for Route 53 does that an AWS client may talk to. What only Route 53 and the strict stand-in do,
 * and others do not, is named in {@link MotoRoute53IT}.
 */
abstract class Route53Contract {
    Route53Client route53;
    String zoneId;

    /** Where the stand-in's HTTP API is. */
    abstract URI endpoint();

    @BeforeEach
    void createZone() {
        route53 = client(endpoint());
        CreateHostedZoneResponse created = route53.createHostedZone(request ->
                request.name("lifeboat.test").callerReference(UUID.randomUUID().toString()));
        zoneId = created.hostedZone().id();
        assertThat(created.delegationSet().nameServers()).isNotEmpty();
    }

    @AfterEach
    void closeClient() {
        route53.close();
    }

    static Route53Client client(URI endpoint) {
        return Route53Client.builder()
                .endpointOverride(endpoint)
                .region(Region.AWS_GLOBAL)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("lab", "lab-secret")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(settings ->
                        settings.retryStrategy(AwsRetryStrategy.doNotRetry()).apiCallTimeout(Duration.ofSeconds(20)))
                .build();
    }

    ChangeInfo change(Change... changes) {
        return route53.changeResourceRecordSets(
                        request -> request.hostedZoneId(zoneId).changeBatch(batch -> batch.changes(changes)))
                .changeInfo();
    }

    /** What the zone holds besides what every zone is created with. */
    List<ResourceRecordSet> recordSets() {
        return route53.listResourceRecordSets(request -> request.hostedZoneId(zoneId)).resourceRecordSets().stream()
                .filter(set -> set.type() != RRType.NS && set.type() != RRType.SOA)
                .toList();
    }

    @Test
    void findsAZoneByItsName() {
        assertThat(route53.listHostedZonesByName(request -> request.dnsName("lifeboat.test"))
                        .hostedZones())
                .anySatisfy(zone -> {
                    assertThat(zone.id()).endsWith(zoneId);
                    assertThat(zone.name()).isEqualTo("lifeboat.test.");
                });
        assertThat(route53.listHostedZones().hostedZones())
                .anyMatch(zone -> zone.id().endsWith(zoneId));
        assertThat(route53.getHostedZone(request -> request.id(zoneId))
                        .delegationSet()
                        .nameServers())
                .isNotEmpty();
    }

    @Test
    void keepsWeightedRecordSetsAsTheyWereCreated() {
        ResourceRecordSet primary = weighted("orders.lifeboat.test.", "us-east-1", 100, "127.9.1.1");
        ResourceRecordSet standby = weighted("orders.lifeboat.test.", "us-west-2", 0, "127.9.2.1");

        change(creation(primary), creation(standby));

        assertThat(recordSets()).containsExactly(primary, standby);
    }

    @Test
    void replacesByUpsertAndCreatesWhatIsNotThere() {
        change(creation(weighted("orders.lifeboat.test.", "us-east-1", 100, "127.9.1.1")));
        ResourceRecordSet drained = weighted("orders.lifeboat.test.", "us-east-1", 0, "127.9.1.1");
        ResourceRecordSet raised = weighted("orders.lifeboat.test.", "us-west-2", 100, "127.9.2.1");

        change(upsert(drained), upsert(raised));

        assertThat(recordSets()).containsExactly(drained, raised);
    }

    @Test
    void deletesWhatMatches() {
        ResourceRecordSet set = simple("www.lifeboat.test.", RRType.A, "127.9.1.1", "127.9.1.2");
        change(creation(set));

        change(deletion(set));

        assertThat(recordSets()).isEmpty();
    }

    @Test
    void refusesToCreateASimpleSetTwice() {
        Change creation = creation(simple("www.lifeboat.test.", RRType.A, "127.9.1.1"));
        change(creation);

        assertThatThrownBy(() -> change(creation))
                .isInstanceOf(InvalidChangeBatchException.class)
                .hasMessageContaining("Tried to create resource record set [name='www.lifeboat.test.', type='A'")
                .hasMessageContaining("but it already exists");
    }

    @Test
    void refusesANameOutsideTheZone() {
        assertThatThrownBy(() -> change(creation(simple("www.example.org.", RRType.A, "127.9.1.1"))))
                .isInstanceOf(InvalidChangeBatchException.class)
                .hasMessageContaining("is not permitted in zone");
    }

    @Test
    void doesNotKnowWhatWasNeverCreated() {
        assertThatThrownBy(() -> route53.getHostedZone(request -> request.id("ZNONE")))
                .isInstanceOf(NoSuchHostedZoneException.class);
        assertThatThrownBy(() -> route53.getHealthCheck(request -> request.healthCheckId("none")))
                .isInstanceOf(NoSuchHealthCheckException.class);
    }

    @Test
    void listsPageByPage() {
        change(
                creation(simple("b.lifeboat.test.", RRType.A, "127.9.1.2")),
                creation(simple("a.lifeboat.test.", RRType.A, "127.9.1.1")),
                creation(simple("c.lifeboat.test.", RRType.A, "127.9.1.3")));

        List<String> names = route53
                .listResourceRecordSetsPaginator(
                        request -> request.hostedZoneId(zoneId).maxItems("2"))
                .resourceRecordSets()
                .stream()
                .map(ResourceRecordSet::name)
                .distinct()
                .toList();

        assertThat(names).containsExactly("lifeboat.test.", "a.lifeboat.test.", "b.lifeboat.test.", "c.lifeboat.test.");
    }

    @Test
    void keepsHealthChecksUntilTheyAreDeleted() {
        String id = route53.createHealthCheck(
                        request -> request.callerReference(UUID.randomUUID().toString())
                                .healthCheckConfig(config -> config.type(HealthCheckType.HTTP)
                                        .ipAddress("127.0.0.1")
                                        .port(1)
                                        .resourcePath("/healthz")
                                        .requestInterval(10)
                                        .failureThreshold(2)
                                        .inverted(true)))
                .healthCheck()
                .id();

        assertThat(route53.getHealthCheck(request -> request.healthCheckId(id))
                        .healthCheck()
                        .healthCheckConfig())
                .satisfies(config -> {
                    assertThat(config.type()).isEqualTo(HealthCheckType.HTTP);
                    assertThat(config.resourcePath()).isEqualTo("/healthz");
                    assertThat(config.failureThreshold()).isEqualTo(2);
                    assertThat(config.inverted()).isTrue();
                });
        route53.deleteHealthCheck(request -> request.healthCheckId(id));
        assertThatThrownBy(() -> route53.getHealthCheck(request -> request.healthCheckId(id)))
                .isInstanceOf(NoSuchHealthCheckException.class);
    }
}
