package io.lifeboat.lab.route53;

import static io.lifeboat.lab.route53.RecordSets.creation;
import static io.lifeboat.lab.route53.RecordSets.simple;
import static io.lifeboat.lab.route53.RecordSets.upsert;
import static io.lifeboat.lab.route53.RecordSets.weighted;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.lifeboat.lab.process.Deadline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeStatus;
import software.amazon.awssdk.services.route53.model.HealthCheckType;
import software.amazon.awssdk.services.route53.model.RRType;

/** What the name server says, asked over the network. */
class LabRoute53DnsTest {
    private static final String ORDERS = "orders.lifeboat.test.";
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(20);

    private LabRoute53 lab;
    private Route53Client route53;
    private String zoneId;

    @BeforeEach
    void start() throws IOException {
        start(Duration.ZERO);
    }

    private void start(Duration propagation) throws IOException {
        lab = LabRoute53.start(LabRoute53.Config.on(LOOPBACK)
                .withPropagation(propagation)
                .withRequestRate(100, 1_000)
                .withHealthCheckSecond(Duration.ofMillis(2)));
        route53 = Route53Contract.client(lab.endpoint());
        zoneId = lab.createZone("lifeboat.test");
    }

    @AfterEach
    void stop() throws IOException {
        route53.close();
        lab.close();
    }

    @Test
    void answersWithAuthorityAndTheTtlAsSet() throws IOException {
        change(creation(weighted(ORDERS, "us-east-1", 100, "127.9.1.1")));

        Message answer = ask("Orders.Lifeboat.test.", Type.A);

        assertThat(answer.getHeader().getFlag(Flags.AA)).isTrue();
        assertThat(answer.getHeader().getFlag(Flags.RA)).isFalse();
        Record record = answer.getSection(Section.ANSWER).getFirst();
        assertThat(record.rdataToString()).isEqualTo("127.9.1.1");
        assertThat(record.getTTL()).isEqualTo(1);
    }

    @Test
    void tellsAMissingNameFromAMissingType() throws IOException {
        change(creation(simple("a.b.lifeboat.test.", RRType.A, "127.9.1.1")));

        assertThat(ask("none.lifeboat.test.", Type.A).getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(ask("a.b.lifeboat.test.", Type.AAAA).getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(ask("b.lifeboat.test.", Type.A).getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(ask("a.b.lifeboat.test.", Type.AAAA).getSection(Section.AUTHORITY))
                .singleElement()
                .satisfies(soa -> assertThat(soa.getType()).isEqualTo(Type.SOA));
        assertThat(ask("www.example.org.", Type.A).getRcode()).isEqualTo(Rcode.REFUSED);
    }

    @Test
    void servesItsOwnZoneRecords() throws IOException {
        assertThat(ask("lifeboat.test.", Type.NS).getSection(Section.ANSWER)).hasSize(2);
        assertThat(ask("lifeboat.test.", Type.SOA).getSection(Section.ANSWER)).hasSize(1);
    }

    @Test
    void followsAnAliasAndAWildcard() throws IOException {
        change(
                creation(simple("www.lifeboat.test.", RRType.CNAME, "x.apps.lifeboat.test.")),
                creation(simple("*.apps.lifeboat.test.", RRType.A, "127.9.1.1")));

        List<Record> answer = ask("www.lifeboat.test.", Type.A).getSection(Section.ANSWER);

        assertThat(answer).extracting(Record::getType).containsExactly(Type.CNAME, Type.A);
        assertThat(answer.getLast().getName()).hasToString("x.apps.lifeboat.test.");
    }

    @Test
    void learnsOfAChangeOnceItHasPropagated() throws IOException {
        stop();
        start(Duration.ofMillis(1500));
        String id = change(creation(simple(ORDERS, RRType.A, "127.9.1.1")));

        assertThat(ask(ORDERS, Type.A).getRcode()).isEqualTo(Rcode.NXDOMAIN);
        await(() -> route53.getChange(request -> request.id(id)).changeInfo().status() == ChangeStatus.INSYNC);
        assertThat(ask(ORDERS, Type.A).getSection(Section.ANSWER)).hasSize(1);
    }

    @Test
    void spreadsAnswersByWeight() throws IOException {
        change(
                creation(weighted(ORDERS, "us-east-1", 25, "127.9.1.1")),
                creation(weighted(ORDERS, "us-west-2", 75, "127.9.2.1")));
        int queries = 2_000;

        long primary = IntStream.range(0, queries)
                .filter(query -> address().equals("127.9.1.1"))
                .count();

        double sigma = Math.sqrt(queries * 0.25 * 0.75);
        assertThat((double) primary).isBetween(500 - 5 * sigma, 500 + 5 * sigma);
    }

    @Test
    void goesOnAnsweringWhileTheControlPlaneIsGone() {
        change(creation(weighted(ORDERS, "us-east-1", 100, "127.9.1.1")));

        lab.setControlPlaneAvailable(false);

        assertThat(address()).isEqualTo("127.9.1.1");
    }

    @Test
    void truncatesOverUdpWhatTcpCarriesWhole() throws IOException {
        String[] addresses =
                IntStream.rangeClosed(1, 60).mapToObj(host -> "127.9.1." + host).toArray(String[]::new);
        change(creation(simple(ORDERS, RRType.A, addresses)));
        SimpleResolver udp = resolver();
        udp.setIgnoreTruncation(true);
        SimpleResolver tcp = resolver();
        tcp.setTCP(true);

        assertThat(udp.send(query(ORDERS, Type.A)).getHeader().getFlag(Flags.TC))
                .isTrue();
        Message whole = tcp.send(query(ORDERS, Type.A));
        assertThat(whole.getHeader().getFlag(Flags.TC)).isFalse();
        assertThat(whole.getSection(Section.ANSWER)).hasSize(60);
    }

    @Test
    void survivesPacketsThatAreNoQueries() throws IOException {
        byte[] header = query(ORDERS, Type.A).toWire();
        byte[] looping = header.clone();
        looping[12] = (byte) 0xC0;
        looping[13] = 12;
        byte[] answerNotQuery = header.clone();
        answerNotQuery[2] |= (byte) 0x80;
        try (DatagramSocket socket = new DatagramSocket()) {
            for (byte[] packet : List.of(new byte[0], new byte[] {1, 2, 3}, looping, answerNotQuery, new byte[4096])) {
                socket.send(new DatagramPacket(packet, packet.length, lab.nameServer()));
            }
        }

        assertThat(ask("lifeboat.test.", Type.SOA).getRcode()).isEqualTo(Rcode.NOERROR);
    }

    @Test
    void movesAwayFromAnEndpointThatFailsAndBack() throws IOException {
        AtomicInteger code = new AtomicInteger(200);
        HttpServer endpoint = endpoint(code);
        try {
            String check = healthCheck(endpoint.getAddress().getPort(), false);
            change(
                    creation(weighted(ORDERS, "us-east-1", 100, "127.9.1.1").copy(set -> set.healthCheckId(check))),
                    creation(weighted(ORDERS, "us-west-2", 0, "127.9.2.1")));
            assertThat(address()).isEqualTo("127.9.1.1");

            code.set(503);
            await(() -> address().equals("127.9.2.1"));
            assertThat(route53.getHealthCheckStatus(request -> request.healthCheckId(check))
                            .healthCheckObservations()
                            .getFirst()
                            .statusReport()
                            .status())
                    .isEqualTo("Failure: HTTP Status Code 503");

            code.set(200);
            await(() -> address().equals("127.9.1.1"));
        } finally {
            endpoint.stop(0);
        }
    }

    @Test
    void stopsTrafficOnceTheObjectOfAnInvertedCheckAppears() throws IOException {
        AtomicInteger code = new AtomicInteger(404);
        HttpServer endpoint = endpoint(code);
        try {
            String check = healthCheck(endpoint.getAddress().getPort(), true);
            change(
                    creation(weighted(ORDERS, "us-east-1", 100, "127.9.1.1").copy(set -> set.healthCheckId(check))),
                    upsert(weighted(ORDERS, "us-west-2", 0, "127.9.2.1")));
            await(() -> address().equals("127.9.1.1"));
            lab.setControlPlaneAvailable(false);

            code.set(200);

            await(() -> address().equals("127.9.2.1"));
        } finally {
            endpoint.stop(0);
        }
    }

    private static HttpServer endpoint(AtomicInteger code) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(code.get(), -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private String healthCheck(int port, boolean inverted) {
        return route53.createHealthCheck(
                        request -> request.callerReference(UUID.randomUUID().toString())
                                .healthCheckConfig(config -> config.type(HealthCheckType.HTTP)
                                        .ipAddress(LOOPBACK.getHostAddress())
                                        .port(port)
                                        .requestInterval(10)
                                        .failureThreshold(2)
                                        .inverted(inverted)))
                .healthCheck()
                .id();
    }

    private String change(Change... changes) {
        return route53.changeResourceRecordSets(
                        request -> request.hostedZoneId(zoneId).changeBatch(batch -> batch.changes(changes)))
                .changeInfo()
                .id();
    }

    private String address() {
        try {
            return ask(ORDERS, Type.A).getSection(Section.ANSWER).getFirst().rdataToString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Message ask(String name, int type) throws IOException {
        return resolver().send(query(name, type));
    }

    private static Message query(String name, int type) throws IOException {
        return Message.newQuery(Record.newRecord(Name.fromString(name), type, DClass.IN));
    }

    private SimpleResolver resolver() {
        SimpleResolver resolver = new SimpleResolver(lab.nameServer());
        resolver.setTimeout(Duration.ofSeconds(5));
        resolver.setEDNS(-1);
        return resolver;
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            Deadline.pause(POLL);
        }
    }
}
