package io.lifeboat.activity.dns.route53;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lifeboat.activity.dns.DnsZone.WeightedAddress;
import io.lifeboat.activity.dns.DnsZone.Weights;
import io.lifeboat.activity.site.Settings;
import io.lifeboat.activity.site.Site;
import io.lifeboat.runbook.Setting;
import io.lifeboat.workflow.FailureType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A zone behind an HTTP server that answers as Route 53 does and refuses every change. */
final class Route53DnsZoneTest {
    private static final String NAME = "orders.lifeboat.test";
    private static final String REASON = "Tried to create resource record set [name='_lifeboat.orders.lifeboat.test.',"
            + " type='TXT'] but it already exists";
    private static final String SECRET = "s3cr3t-of-the-zone";
    private static final Weights READ = new Weights(List.of(address("127.0.0.1", 100)), 0);
    private static final Weights WANTED = new Weights(List.of(address("127.0.0.1", 0)), 7);

    private HttpServer provider;
    private Route53DnsZones zones;
    private volatile String held = "127.0.0.1";
    private volatile String refusal = messages(REASON);

    @BeforeEach
    void startProvider() throws IOException {
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.createContext("/", this::answer);
        provider.start();
        Site.Route53 access = new Site.Route53(
                Optional.of(
                        URI.create("http://127.0.0.1:" + provider.getAddress().getPort())),
                "us-east-1",
                Optional.of(new Setting("key")),
                Optional.of(new Setting("env:SECRET")),
                List.of());
        zones = new Route53DnsZones(access, new Settings(name -> SECRET));
    }

    @AfterEach
    void stopProvider() {
        zones.close();
        provider.stop(0);
    }

    @Test
    void readsWeightsAsTheyAre() {
        assertThat(zones.zone("lifeboat.test").read(NAME)).isEqualTo(READ);
    }

    @Test
    void refusalOfAZoneThatIsAsItWasReadIsFinalAndQuoted() {
        assertThatThrownBy(() -> zones.zone("lifeboat.test").replace(NAME, READ, WANTED))
                .matches(FailureType.PRECONDITION_FAILED::is)
                .hasMessageContaining(REASON)
                .hasMessageContaining("retryStep")
                .message()
                .doesNotContain(SECRET);
    }

    @Test
    void refusalInTheGeneralFormOfAnErrorIsQuotedToo() {
        refusal = """
                <ErrorResponse xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><Error><Type>Sender</Type>\
                <Code>InvalidChangeBatch</Code><Message>[%s]</Message></Error></ErrorResponse>""".formatted(REASON);

        assertThatThrownBy(() -> zones.zone("lifeboat.test").replace(NAME, READ, WANTED))
                .matches(FailureType.PRECONDITION_FAILED::is)
                .hasMessageContaining(REASON);
    }

    @Test
    void refusalOfAZoneThatChangedMeanwhileIsARaceLost() {
        held = "127.0.0.9";

        assertThat(zones.zone("lifeboat.test").replace(NAME, READ, WANTED)).isEmpty();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath();
            boolean change = exchange.getRequestMethod().equals("POST");
            String text = change ? refusal : path.contains("hostedzonesbyname") ? zone() : records();
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/xml");
            exchange.sendResponseHeaders(change ? 400 : 200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static String messages(String reason) {
        return """
                <InvalidChangeBatch xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><Messages><Message>%s</Message>\
                </Messages></InvalidChangeBatch>""".formatted(reason);
    }

    private static String zone() {
        return """
                <ListHostedZonesByNameResponse xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><HostedZones>\
                <HostedZone><Id>/hostedzone/Z1</Id><Name>lifeboat.test.</Name><CallerReference>1</CallerReference>\
                </HostedZone></HostedZones><IsTruncated>false</IsTruncated><MaxItems>1</MaxItems>\
                </ListHostedZonesByNameResponse>""";
    }

    private String records() {
        return """
                <ListResourceRecordSetsResponse xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><ResourceRecordSets>\
                <ResourceRecordSet><Name>%s.</Name><Type>A</Type><SetIdentifier>east</SetIdentifier><Weight>100</Weight>\
                <TTL>1</TTL><ResourceRecords><ResourceRecord><Value>%s</Value></ResourceRecord></ResourceRecords>\
                </ResourceRecordSet></ResourceRecordSets><IsTruncated>false</IsTruncated><MaxItems>100</MaxItems>\
                </ListResourceRecordSetsResponse>""".formatted(NAME, held);
    }

    private static WeightedAddress address(String address, int weight) {
        return new WeightedAddress("east", address, weight, 1, Optional.empty());
    }
}
