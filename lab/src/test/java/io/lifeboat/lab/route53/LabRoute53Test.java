package io.lifeboat.lab.route53;

import static io.lifeboat.lab.route53.RecordSets.creation;
import static io.lifeboat.lab.route53.RecordSets.deletion;
import static io.lifeboat.lab.route53.RecordSets.simple;
import static io.lifeboat.lab.route53.RecordSets.upsert;
import static io.lifeboat.lab.route53.RecordSets.weighted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.route53.model.ChangeStatus;
import software.amazon.awssdk.services.route53.model.InvalidChangeBatchException;
import software.amazon.awssdk.services.route53.model.InvalidInputException;
import software.amazon.awssdk.services.route53.model.NoSuchHealthCheckException;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;
import software.amazon.awssdk.services.route53.model.Route53Exception;

/** The contract, and what the strict stand-in refuses beyond it. */
class LabRoute53Test extends Route53Contract {
    private static final String ORDERS = "orders.lifeboat.test.";

    private LabRoute53 lab;

    @BeforeEach
    @Override
    void createZone() {
        try {
            lab = LabRoute53.start(LabRoute53.Config.on(InetAddress.getLoopbackAddress())
                    .withPropagation(Duration.ofHours(1))
                    .withRequestRate(5, 100));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        super.createZone();
    }

    @AfterEach
    void stop() throws IOException {
        lab.close();
    }

    @Override
    URI endpoint() {
        return lab.endpoint();
    }

    @Test
    void refusesToCreateAWeightedSetTwice() {
        change(creation(weighted(ORDERS, "us-east-1", 100, "127.9.1.1")));

        assertThatThrownBy(() -> change(creation(weighted(ORDERS, "us-east-1", 7, "127.9.1.9"))))
                .isInstanceOf(InvalidChangeBatchException.class)
                .hasMessageContaining("Tried to create resource record set [name='orders.lifeboat.test.', type='A',"
                        + " set-identifier='us-east-1'] but it already exists");
        assertThat(recordSets()).containsExactly(weighted(ORDERS, "us-east-1", 100, "127.9.1.1"));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 256, 300})
    void refusesAWeightThatDoesNotFitAByte(long weight) {
        assertThatThrownBy(() -> change(creation(weighted(ORDERS, "us-east-1", weight, "127.9.1.1"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Value '" + weight + "' is not facet-valid");
    }

    @Test
    void keepsAPendingChangePending() {
        String id = change(creation(simple(ORDERS, RRType.A, "127.9.1.1"))).id();

        assertThat(id).startsWith("C");
        assertThat(route53.getChange(request -> request.id(id)).changeInfo().status())
                .isEqualTo(ChangeStatus.PENDING);
    }

    @Test
    void appliesABatchAsAWholeOrNotAtAll() {
        ResourceRecordSet good = simple("a.lifeboat.test.", RRType.A, "127.9.1.1");
        ResourceRecordSet missing = simple("b.lifeboat.test.", RRType.A, "127.9.1.1");
        ResourceRecordSet outside = simple("c.example.org.", RRType.A, "127.9.1.1");

        assertThatThrownBy(() -> change(creation(good), deletion(missing), creation(outside)))
                .isInstanceOf(InvalidChangeBatchException.class)
                .hasMessageContaining(
                        "Tried to delete resource record set [name='b.lifeboat.test.', type='A'] but it was not found")
                .hasMessageContaining("RRSet with DNS name c.example.org. is not permitted in zone lifeboat.test.");
        assertThat(recordSets()).isEmpty();
    }

    @Test
    void deletesOnlyWhatMatchesInEveryPart() {
        ResourceRecordSet set = weighted(ORDERS, "us-east-1", 100, "127.9.1.1");
        change(creation(set));

        for (ResourceRecordSet other : new ResourceRecordSet[] {
            set.copy(changed -> changed.ttl(2L)),
            set.copy(changed -> changed.weight(99L)),
            weighted(ORDERS, "us-east-1", 100, "127.9.1.2")
        }) {
            assertThatThrownBy(() -> change(deletion(other)))
                    .isInstanceOf(InvalidChangeBatchException.class)
                    .hasMessageContaining("but the values provided do not match the current values");
        }
        assertThat(recordSets()).containsExactly(set);
    }

    @Test
    void refusesToMixWeightedAndSimple() {
        change(creation(simple(ORDERS, RRType.A, "127.9.1.1")));

        assertThatThrownBy(() -> change(upsert(weighted(ORDERS, "us-east-1", 1, "127.9.1.1"))))
                .isInstanceOf(InvalidChangeBatchException.class)
                .hasMessageContaining("cannot be created as other RRSets exist with the same name and type");
    }

    @Test
    void refusesSetsWithoutWhatTheyNeed() {
        ResourceRecordSet set = weighted(ORDERS, "us-east-1", 1, "127.9.1.1");

        assertThatThrownBy(() -> change(creation(set.copy(changed -> changed.ttl(null)))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Missing field 'TTL'");
        assertThatThrownBy(() -> change(creation(set.copy(changed -> changed.setIdentifier(null)))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Missing field 'SetIdentifier'");
        assertThatThrownBy(() -> change(creation(set.copy(changed -> changed.weight(null)))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Expected exactly one of [Weight");
        assertThatThrownBy(() -> change(creation(set.copy(changed -> changed.healthCheckId("none")))))
                .isInstanceOf(NoSuchHealthCheckException.class);
    }

    @Test
    void refusesValuesTheirTypeDoesNotAllow() {
        assertThatThrownBy(() -> change(creation(simple(ORDERS, RRType.A, "127.9.1"))))
                .isInstanceOf(InvalidChangeBatchException.class)
                .hasMessageContaining("ARRDATAIllegalIPv4Address");
        assertThatThrownBy(() -> change(creation(simple(ORDERS, RRType.TXT, "marker"))))
                .isInstanceOf(InvalidChangeBatchException.class)
                .hasMessageContaining("Value should be enclosed in quotation marks");
        assertThatThrownBy(() -> change(creation(simple(ORDERS, RRType.TXT, "\"" + "x".repeat(256) + "\""))))
                .isInstanceOf(InvalidChangeBatchException.class)
                .hasMessageContaining("Value is too long");
        change(creation(simple(ORDERS, RRType.TXT, "\"one\" \"and \\\"two\\\"\"")));
        assertThat(recordSets()).hasSize(1);
    }

    @Test
    void refusesMoreRequestsPerSecondThanTheAccountHas() throws IOException {
        try (LabRoute53 strict = LabRoute53.start(
                        LabRoute53.Config.on(InetAddress.getLoopbackAddress()).withRequestRate(1, 2));
                var client = client(strict.endpoint())) {
            client.listHostedZones();
            client.listHostedZones();

            assertThatThrownBy(client::listHostedZones).isInstanceOfSatisfying(Route53Exception.class, e -> {
                assertThat(e.statusCode()).isEqualTo(400);
                assertThat(e.awsErrorDetails().errorCode()).isEqualTo("Throttling");
                assertThat(e.awsErrorDetails().errorMessage()).isEqualTo("Rate exceeded");
                assertThat(e.isThrottlingException()).isTrue();
            });
        }
    }

    @Test
    void refusesAChangeWhileAnotherOfTheZoneIsBeingProcessed() throws Exception {
        try (LabRoute53 slow = LabRoute53.start(
                        LabRoute53.Config.on(InetAddress.getLoopbackAddress()).withProcessing(Duration.ofSeconds(3)));
                var client = client(slow.endpoint());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            String zone = slow.createZone("slow.test");
            client.listHostedZones();
            Callable<String> attempt = () -> {
                try {
                    client.changeResourceRecordSets(request -> request.hostedZoneId(zone)
                            .changeBatch(
                                    batch -> batch.changes(upsert(simple("a.slow.test.", RRType.A, "127.9.1.1")))));
                    return "accepted";
                } catch (Route53Exception refused) {
                    return refused.awsErrorDetails().errorCode();
                }
            };

            List<Future<String>> outcomes = threads.invokeAll(List.of(attempt, attempt));

            assertThat(List.of(outcomes.get(0).get(), outcomes.get(1).get()))
                    .containsExactlyInAnyOrder("accepted", "PriorRequestNotComplete");
        }
    }

    @Test
    void answers503WhileTheControlPlaneIsGone() {
        lab.setControlPlaneAvailable(false);

        assertThatThrownBy(() -> route53.listHostedZones())
                .isInstanceOfSatisfying(
                        Route53Exception.class, e -> assertThat(e.statusCode()).isEqualTo(503));

        lab.setControlPlaneAvailable(true);
        assertThat(route53.listHostedZones().hostedZones()).hasSize(1);
    }
}
