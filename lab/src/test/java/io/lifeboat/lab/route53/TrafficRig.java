package io.lifeboat.lab.route53;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.lifeboat.activity.dns.DnsZone.WeightedAddress;
import io.lifeboat.activity.dns.DnsZone.Weights;
import io.lifeboat.activity.dns.route53.Route53DnsZones;
import io.lifeboat.activity.site.Settings;
import io.lifeboat.activity.site.Site;
import io.lifeboat.runbook.Setting;
import io.lifeboat.runbook.Traffic;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A public name in the lab's Route 53 that answers with the first of two regions, and a web server in each. */
final class TrafficRig implements AutoCloseable {
    static final String ZONE = "lifeboat.test";
    static final String RECORD = "orders.lifeboat.test";
    static final String EAST = "us-east-1";
    static final String WEST = "us-west-2";
    static final String EAST_ADDRESS = "127.36.1.1";
    static final String WEST_ADDRESS = "127.36.2.1";

    final Settings settings = new Settings(variable -> "not-so-secret");
    final ConcurrentLinkedQueue<String> askedHosts = new ConcurrentLinkedQueue<>();
    final AtomicInteger askedInWest = new AtomicInteger();
    final LabRoute53 dns;
    final Route53DnsZones zones;
    final HttpServer east;
    final int port;
    /** What happens when the server in the east is asked. */
    volatile Runnable askedInEast = () -> {};
    /** What both servers answer. */
    volatile int status = 200;

    private final HttpServer west;

    /** @param propagation how long the name servers take to know a change */
    TrafficRig(Duration propagation) throws IOException {
        west = serve(WEST_ADDRESS, 0, askedInWest::incrementAndGet);
        port = west.getAddress().getPort();
        east = serve(EAST_ADDRESS, port, () -> askedInEast.run());
        dns = LabRoute53.start(LabRoute53.Config.on(InetAddress.getLoopbackAddress())
                .withPropagation(propagation)
                .withRequestRate(100, 1_000));
        String zoneId = dns.createZone(ZONE);
        dns.addAddress(zoneId, RECORD, EAST, EAST_ADDRESS, 100, Duration.ofSeconds(1));
        dns.addAddress(zoneId, RECORD, WEST, WEST_ADDRESS, 0, Duration.ofSeconds(1));
        Setting key = new Setting("env:KEY");
        zones = new Route53DnsZones(
                new Site.Route53(
                        Optional.of(dns.endpoint()), EAST, Optional.of(key), Optional.of(key), List.of(nameServer())),
                settings);
    }

    private HttpServer serve(String address, int at, Runnable asked) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(address, at), 0);
        server.createContext("/health", exchange -> {
            try (exchange) {
                askedHosts.add(exchange.getRequestHeaders().getFirst("Host"));
                asked.run();
                exchange.sendResponseHeaders(status, -1);
            }
        });
        server.start();
        return server;
    }

    String nameServer() {
        return dns.nameServer().getAddress().getHostAddress() + ":"
                + dns.nameServer().getPort();
    }

    /** @param watch how long the service is watched */
    Traffic traffic(Duration watch) {
        Setting at = new Setting(String.valueOf(port));
        return new Traffic(
                Traffic.Driver.ROUTE53_WEIGHTS,
                ZONE,
                RECORD,
                Duration.ofSeconds(1),
                new Traffic.HealthCheck(Duration.ofSeconds(10), 3),
                watch,
                List.of(
                        new Traffic.Endpoint(EAST, new Setting(EAST_ADDRESS), at, 100),
                        new Traffic.Endpoint(WEST, new Setting(WEST_ADDRESS), at, 0)));
    }

    /** What the API says of the name. */
    Weights weights() {
        return zones.zone(ZONE).read(RECORD);
    }

    /** Changes the zone as another run would. */
    void replace(Weights wanted) {
        assertThat(zones.zone(ZONE).replace(RECORD, weights(), wanted)).isPresent();
    }

    static Weights weights(long epoch, int inEast, int inWest) {
        return new Weights(
                List.of(
                        new WeightedAddress(EAST, EAST_ADDRESS, inEast, 1, Optional.empty()),
                        new WeightedAddress(WEST, WEST_ADDRESS, inWest, 1, Optional.empty())),
                epoch);
    }

    @Override
    public void close() throws IOException {
        east.stop(0);
        west.stop(0);
        zones.close();
        dns.close();
    }
}
