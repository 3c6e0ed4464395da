package io.lifeboat.activity.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.lifeboat.activity.site.Settings;
import io.lifeboat.activity.site.Site;
import io.lifeboat.activity.storage.ObjectStore;
import io.lifeboat.runbook.Setting;
import io.lifeboat.workflow.FailureType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Stores that are not there: every call ends as {@code UNAVAILABLE} within its bound. */
final class S3ObjectStoresTest {
    /** A call is bounded to five seconds; the rest is for a busy machine. The SDK's own limit of a silent socket is 30 s. */
    private static final Duration SOON = Duration.ofSeconds(20);

    private static final String REGION = "us-west-2";
    private static final String SECRET = "c4nary";
    private static final byte[] BYTES = {1};

    private static final Map<String, Function<ObjectStore, Object>> CALLS = Map.of(
            "get", store -> store.get("ledger", "key"),
            "put", store -> store.put("ledger", "key", BYTES),
            "putIfAbsent", store -> store.putIfAbsent("ledger", "key", BYTES),
            "putIfMatch", store -> store.putIfMatch("ledger", "key", BYTES, "\"etag\""),
            "list", store -> store.list("ledger", ""));

    private record Outcome(Throwable failure, Duration took) {}

    /** The first call of a process loads the SDK, which is not what is timed here. */
    @BeforeAll
    static void loadSdk() throws IOException {
        try (S3ObjectStores stores = new S3ObjectStores(site(freePort()), new Settings(name -> SECRET))) {
            assertThat(outcome(() -> stores.in(REGION).get("ledger", "key")).failure())
                    .isNotNull();
        }
    }

    @Test
    void refusedConnectionIsUnavailableSoon() throws Exception {
        assertUnavailableSoon(freePort());
    }

    @Test
    void storeThatAcceptsAndIsSilentIsUnavailableSoon() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            assertUnavailableSoon(silent.getLocalPort());
        }
    }

    @Test
    void storeThatSwallowsEveryPacketIsUnavailableSoon() throws Exception {
        List<Socket> queued = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            fillQueue(full, queued);

            assertUnavailableSoon(full.getLocalPort());
        } finally {
            for (Socket socket : queued) {
                socket.close();
            }
        }
    }

    /** Linux drops what asks for a place in a full queue, without a word: to the caller it is a network that is gone. */
    private static void fillQueue(ServerSocket server, List<Socket> queued) throws IOException {
        while (true) {
            Socket socket = new Socket();
            queued.add(socket);
            try {
                socket.connect(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()), 100);
            } catch (SocketTimeoutException isFull) {
                return;
            }
        }
    }

    private static void assertUnavailableSoon(int port) {
        try (S3ObjectStores stores = new S3ObjectStores(site(port), new Settings(name -> SECRET))) {
            ObjectStore store = stores.in(REGION);
            Map<String, Outcome> outcomes = inParallel(store);

            assertThat(outcomes).hasSameSizeAs(CALLS).allSatisfy((call, outcome) -> {
                assertThat(outcome.failure())
                        .matches(FailureType.UNAVAILABLE::is)
                        .hasMessageContaining(REGION)
                        .hasMessageContaining("the store does not answer")
                        .hasMessageNotContaining(SECRET);
                assertThat(outcome.took()).isLessThan(SOON);
            });
        }
    }

    private static Map<String, Outcome> inParallel(ObjectStore store) {
        Map<String, Outcome> outcomes = new ConcurrentHashMap<>();
        try (ExecutorService callers = Executors.newFixedThreadPool(CALLS.size())) {
            CALLS.forEach((name, call) -> callers.execute(() -> outcomes.put(name, outcome(() -> call.apply(store)))));
        }
        return outcomes;
    }

    private static Outcome outcome(Callable<Object> call) {
        long started = System.nanoTime();
        Throwable failure = catchThrowable(call::call);
        return new Outcome(failure, Duration.ofNanos(System.nanoTime() - started));
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private static Site site(int port) {
        Site.Region region = new Site.Region(
                new Site.Kubernetes(URI.create("http://127.0.0.1:1"), Optional.empty(), Optional.empty()),
                new Site.ObjectStore(
                        Optional.of(URI.create("http://127.0.0.1:" + port)),
                        Optional.of(new Setting("access")),
                        Optional.of(new Setting("env:SECRET_KEY"))));
        Site.Route53 dns = new Site.Route53(Optional.empty(), REGION, Optional.empty(), Optional.empty(), List.of());
        return new Site(Map.of(REGION, region), dns);
    }
}
