package io.lifeboat.lab.route53;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.activity.dns.DnsZone;
import io.lifeboat.activity.dns.DnsZone.Weights;
import io.lifeboat.activity.dns.route53.Route53DnsZones;
import io.lifeboat.workflow.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** The contract, and what the adapter makes of a zone that others change and of an API that refuses. */
class LabDnsZoneTest extends DnsZoneContract {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    /** A call is bounded to five seconds; the rest is for a busy machine. The SDK's own limit of a silent socket is 30 s. */
    private static final Duration SOON = Duration.ofSeconds(20);

    private static final LabRoute53.Config PATIENT =
            LabRoute53.Config.on(LOOPBACK).withRequestRate(100, 1_000);

    private static final String REPLACED = "replaced";
    private static final String OVERTAKEN = "overtaken";
    private static final String THROTTLED = FailureType.THROTTLED.name();

    private LabRoute53 lab;

    @BeforeEach
    @Override
    void createDomain() {
        lab = start(PATIENT);
        super.createDomain();
    }

    @AfterEach
    void stop() throws IOException {
        lab.close();
    }

    @Override
    URI endpoint() {
        return lab.endpoint();
    }

    private static LabRoute53 start(LabRoute53.Config config) {
        try {
            return LabRoute53.start(config);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void replaceOfWeightsThatChangedSinceChangesNothing() {
        zone().replace(name, zone().read(name), weights(6, 100, 0));
        Weights read = zone().read(name);
        zone().replace(name, read, weights(6, 90, 10));
        List<ResourceRecordSet> before = recordSets();

        assertThat(zone().replace(name, read, weights(7, 0, 100))).isEmpty();
        assertThat(recordSets()).isEqualTo(before);
    }

    @Test
    void replaceUnderAnEpochThatChangedSinceChangesNothing() {
        zone().replace(name, zone().read(name), weights(6, 100, 0));
        Weights read = zone().read(name);
        zone().replace(name, read, weights(7, 100, 0));

        assertThat(zone().replace(name, read, weights(8, 0, 100))).isEmpty();
        assertThat(zone().read(name)).isEqualTo(weights(7, 100, 0));
    }

    @Test
    void replaceOfANameThatAppearedSinceChangesNothing() {
        Weights nothing = zone().read(name);
        write(RecordSets.weighted(name + ".", "us-east-1", 100, "127.9.1.1"));

        assertThat(zone().replace(name, nothing, weights(7, 0, 100))).isEmpty();
        assertThat(zone().read(name).addresses())
                .singleElement()
                .satisfies(address -> assertThat(address.weight()).isEqualTo(100));
    }

    @Test
    void oneOfEightRacingReplacersWins() throws Exception {
        zone().replace(name, zone().read(name), weights(6, 100, 0));
        Weights read = zone().read(name);

        List<String> outcomes = race(8, zone(), read);

        int winner = outcomes.indexOf(REPLACED);
        assertThat(outcomes).containsOnlyOnce(REPLACED).isSubsetOf(REPLACED, OVERTAKEN, THROTTLED);
        assertThat(zone().read(name)).isEqualTo(wanted(winner));
    }

    @Test
    void changeWhileAnotherOfTheZoneIsBeingProcessedIsThrottled() throws Exception {
        try (LabRoute53 slow = start(PATIENT.withProcessing(Duration.ofSeconds(1)));
                Route53DnsZones busy = zones(slow.endpoint())) {
            slow.createZone(domain);
            Weights read = busy.zone(domain).read(name);

            assertThat(race(2, busy.zone(domain), read)).containsExactlyInAnyOrder(REPLACED, THROTTLED);
        }
    }

    private List<String> race(int writers, DnsZone shared, Weights read) throws InterruptedException {
        List<Callable<String>> calls = IntStream.range(0, writers)
                .<Callable<String>>mapToObj(writer -> () -> outcome(shared, read, wanted(writer)))
                .toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
            return threads.invokeAll(calls).stream().map(Future::resultNow).toList();
        }
    }

    private static Weights wanted(int writer) {
        return weights(7 + writer, writer, 100);
    }

    private String outcome(DnsZone shared, Weights read, Weights wanted) {
        try {
            return shared.replace(name, read, wanted).isPresent() ? REPLACED : OVERTAKEN;
        } catch (ApplicationFailure refused) {
            return refused.getType();
        }
    }

    @Test
    void accountThatAsksTooOftenIsThrottled() throws IOException {
        try (LabRoute53 strict = start(LabRoute53.Config.on(LOOPBACK).withRequestRate(1, 1));
                Route53DnsZones hurried = zones(strict.endpoint())) {
            strict.createZone("hurried.test");
            hurried.zone("hurried.test");

            assertThatThrownBy(() -> hurried.zone("hurried.test").read("orders.hurried.test"))
                    .matches(FailureType.THROTTLED::is)
                    .hasMessageContaining("orders.hurried.test");
        }
    }

    @Test
    void apiThatAnswers503IsUnavailable() {
        DnsZone zone = zone();
        lab.setControlPlaneAvailable(false);

        assertThatThrownBy(() -> zone.read(name))
                .matches(FailureType.UNAVAILABLE::is)
                .hasMessageContaining("503 ServiceUnavailable");
        assertThatThrownBy(() -> zone.replace(name, weights(6, 100, 0), weights(7, 0, 100)))
                .matches(FailureType.UNAVAILABLE::is);
    }

    @Test
    void apiThatIsGoneIsUnavailableSoon() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, LOOPBACK)) {
            port = free.getLocalPort();
        }

        assertUnavailableSoon(port);
    }

    @Test
    void apiThatAcceptsAndIsSilentIsUnavailableSoon() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, LOOPBACK)) {
            assertUnavailableSoon(silent.getLocalPort());
        }
    }

    private void assertUnavailableSoon(int port) {
        try (Route53DnsZones away = zones(URI.create("http://127.0.0.1:" + port))) {
            long started = System.nanoTime();

            assertThatThrownBy(() -> away.zone(domain))
                    .matches(FailureType.UNAVAILABLE::is)
                    .hasMessageContaining(domain)
                    .hasMessageNotContaining(SECRET);
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(SOON);
        }
    }
}
