package io.lifeboat.lab.route53;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.xbill.DNS.Type;

/**
 * A running stand-in for Amazon Route 53: its HTTP API and the name servers of its zones, on one address. It keeps
 * nothing on disk.
 */
public final class LabRoute53 implements AutoCloseable {
    /**
     * How a stand-in behaves.
     *
     * @param address where both servers listen
     * @param httpPort port of the HTTP API, zero for any free one
     * @param dnsPort port of the name server over UDP and TCP, zero for any free one
     * @param propagation how long a change stays {@code PENDING} and unknown to the name servers
     * @param processing how long accepting a change takes, during which a second one for the zone is refused
     * @param requestsPerSecond requests the API admits per second
     * @param burst requests the API admits at once after a pause
     * @param healthCheckSecond how long a second of a health check's interval takes
     */
    public record Config(
            InetAddress address,
            int httpPort,
            int dnsPort,
            Duration propagation,
            Duration processing,
            int requestsPerSecond,
            int burst,
            Duration healthCheckSecond) {

        /** Any free ports, changes after half a second, and Route 53's own five requests per second and intervals. */
        public static Config on(InetAddress address) {
            return new Config(address, 0, 0, Duration.ofMillis(500), Duration.ZERO, 5, 5, Duration.ofSeconds(1));
        }

        /** The same on these ports. */
        public Config withPorts(int http, int dns) {
            return new Config(address, http, dns, propagation, processing, requestsPerSecond, burst, healthCheckSecond);
        }

        /** The same with another time for a change to reach the name servers. */
        public Config withPropagation(Duration time) {
            return new Config(
                    address, httpPort, dnsPort, time, processing, requestsPerSecond, burst, healthCheckSecond);
        }

        /** The same with another time for accepting a change. */
        public Config withProcessing(Duration time) {
            return new Config(
                    address, httpPort, dnsPort, propagation, time, requestsPerSecond, burst, healthCheckSecond);
        }

        /** The same with another limit on requests. */
        public Config withRequestRate(int perSecond, int atOnce) {
            return new Config(
                    address, httpPort, dnsPort, propagation, processing, perSecond, atOnce, healthCheckSecond);
        }

        /** The same with health checks that run faster or slower. */
        public Config withHealthCheckSecond(Duration time) {
            return new Config(address, httpPort, dnsPort, propagation, processing, requestsPerSecond, burst, time);
        }
    }

    private static final List<String> NAME_SERVERS = List.of("ns-1.awsdns-lab.test.", "ns-2.awsdns-lab.test.");

    private final ZoneStore store;
    private final HealthProber prober;
    private final Route53Api api;
    private final HttpServer http;
    private final ExecutorService requests;
    private final DnsServer dns;

    private LabRoute53(Config config) throws IOException {
        store = new ZoneStore(InstantSource.system(), config.propagation(), NAME_SERVERS);
        prober = new HealthProber(config.healthCheckSecond());
        api = new Route53Api(
                new RequestRate(InstantSource.system(), config.requestsPerSecond(), config.burst()),
                new ZoneOperations(store, new ChangeReader(prober::exists), config.processing()),
                new HealthCheckOperations(prober));
        http = HttpServer.create(new InetSocketAddress(config.address(), config.httpPort()), 0);
        try {
            dns = DnsServer.start(
                    config.address(),
                    config.dnsPort(),
                    query -> new DnsAnswerer(store.served(), prober::isHealthy, ThreadLocalRandom.current())
                            .answer(query));
        } catch (IOException e) {
            http.stop(0);
            throw e;
        }
        requests = Executors.newVirtualThreadPerTaskExecutor();
        http.createContext(ApiRequest.VERSION, api);
        http.setExecutor(requests);
        http.start();
    }

    /** Starts both servers. */
    public static LabRoute53 start(Config config) throws IOException {
        return new LabRoute53(config);
    }

    /** Creates a hosted zone that is served at once, and returns its id without a prefix. */
    public String createZone(String name) {
        return store.create(RecordRules.name(name), UUID.randomUUID().toString())
                .id();
    }

    /** Adds one of several weighted A records of a name to a zone, which name servers know after the propagation time. */
    public void addAddress(String zoneId, String name, String setIdentifier, String address, int weight, Duration ttl) {
        RecordSet record = new RecordSet(
                RecordRules.name(name),
                Type.A,
                Optional.of(setIdentifier),
                Optional.of(weight),
                ttl.toSeconds(),
                List.of(address),
                Optional.empty());
        store.change(zoneId, List.of(new Change(Change.Action.CREATE, record)));
    }

    /** Where the AWS SDK finds the HTTP API. */
    public URI endpoint() {
        return URI.create("http://" + http.getAddress().getAddress().getHostAddress() + ":"
                + http.getAddress().getPort());
    }

    /** Where the name server answers, over UDP and TCP. */
    public InetSocketAddress nameServer() {
        return dns.address();
    }

    /** Takes the HTTP API away, or brings it back; name servers and health checks go on. */
    public void setControlPlaneAvailable(boolean available) {
        api.setAvailable(available);
    }

    @Override
    public void close() throws IOException {
        http.stop(0);
        requests.shutdownNow();
        prober.close();
        dns.close();
    }
}
