package io.lifeboat.lab.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.lab.Await;
import io.lifeboat.lab.LabState;
import io.lifeboat.lab.client.FixedDns;
import io.lifeboat.lab.http.Answer;
import io.lifeboat.lab.http.JsonServer;
import io.lifeboat.lab.http.Question;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutsideIT {

    private static final String OUTSIDE = "127.32.0.1";

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private record NewOrder(String key, String item, int quantity) {}

    private LabState lab;
    private FixedDns dns;

    @BeforeEach
    void describeLab() throws IOException {
        int port = freePort();
        lab = new LabState(
                "test",
                folder.toString(),
                LabState.Kubernetes.IN_PROCESS,
                new LabState.Outside(OUTSIDE, 0, freePort(), freePort(), freePort()),
                List.of(
                        new LabState.Region("us-east-1", true, "127.32.1.1", 0, 0, 0, port),
                        new LabState.Region("us-west-2", false, "127.32.2.1", 0, 0, 0, port)),
                new LabState.Temporal("127.0.0.1:7233", "http://127.0.0.1:8233", "default"),
                new LabState.Credentials("user", "password", "key", "secret"));
        dns = new FixedDns(new InetSocketAddress(OUTSIDE, lab.outside().dnsPort()));
    }

    @AfterEach
    void stopDns() {
        dns.close();
    }

    @Test
    void sendsAllTrafficToThePrimaryRegionAtFirst() {
        Outside.start(lab, dns, 0).close();

        Duration ttl = Duration.ofSeconds(1);
        assertThat(dns.zones()).containsExactly("lifeboat.test");
        assertThat(dns.addresses())
                .containsExactly(
                        new PublicDns.WeightedAddress("orders.lifeboat.test", "us-east-1", "127.32.1.1", 100, ttl),
                        new PublicDns.WeightedAddress("orders.lifeboat.test", "us-west-2", "127.32.2.1", 0, ttl));
    }

    @Test
    void runsTheFenceAgentOfEachRegionAndAClientThatReachesTheService() throws Exception {
        LabState.Region primary = lab.primary();
        try (JsonServer orders = JsonServer.start(
                        "orders", new InetSocketAddress(primary.address(), primary.ordersPort()), OutsideIT::place);
                Outside outside = Outside.start(lab, dns, 50)) {
            Await.until(
                    "the client is answered by the service",
                    () -> get(lab.outside().clientPort(), "/good").statusCode() == 200);

            assertThat(orders.address().getPort()).isEqualTo(primary.ordersPort());
            assertThat(outside).isNotNull();
            assertThat(get(lab.outside().powerPort(), "/regions/us-east-1").body())
                    .isEqualTo("{\"region\":\"us-east-1\",\"power\":\"on\",\"processes\":0}");
            assertThat(get(lab.outside().powerPort(), "/regions/us-west-2").body())
                    .isEqualTo("{\"region\":\"us-west-2\",\"power\":\"on\",\"processes\":0}");
            assertThat(folder.resolve("outside/client/orders.jsonl")).isNotEmptyFile();
        }
    }

    @Test
    void runsNoClientWhenNoOrdersAreWanted() {
        try (Outside outside = Outside.start(lab, dns, 0)) {
            assertThat(outside).isNotNull();
            assertThat(folder.resolve("outside/client")).doesNotExist();
            assertThatThrownBy(() -> get(lab.outside().clientPort(), "/good")).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void stopsWhatItStartedWhenItCannotStartAll() throws Exception {
        InetSocketAddress taken = new InetSocketAddress(OUTSIDE, lab.outside().clientPort());
        try (JsonServer other = JsonServer.start("another", taken, Answer::unknown)) {
            assertThatThrownBy(() -> Outside.start(lab, dns, 50).close())
                    .hasMessageContaining("Cannot serve the client's record on " + OUTSIDE);

            assertThat(other.address()).isEqualTo(taken);
            assertThatThrownBy(() -> get(lab.outside().powerPort(), "/regions/us-east-1"))
                    .isInstanceOf(ConnectException.class);
        }
    }

    private static Answer place(Question question) {
        NewOrder order = question.as(NewOrder.class);
        return new Answer(201, Map.of("id", 1, "key", order.key(), "region", "us-east-1"));
    }

    private HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + OUTSIDE + ":" + port + path))
                .timeout(Duration.ofSeconds(5))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
