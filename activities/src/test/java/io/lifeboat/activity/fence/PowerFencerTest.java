package io.lifeboat.activity.fence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lifeboat.activity.epoch.RecordingEpochGate;
import io.lifeboat.activity.site.Settings;
import io.lifeboat.runbook.FenceDriver;
import io.lifeboat.runbook.Ledger;
import io.lifeboat.runbook.Setting;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.epoch.Epoch;
import io.lifeboat.workflow.fence.FenceActivities.Fence;
import io.lifeboat.workflow.fence.FenceActivities.LiftReceipt;
import io.lifeboat.workflow.fence.FenceReceipt;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PowerFencerTest {
    /** Without the timeout of one second it would take for ever. The rest is for a busy machine. */
    private static final Duration SOON = Duration.ofSeconds(20);

    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final RecordingEpochGate gate = new RecordingEpochGate();
    private HttpServer agent;
    private volatile String region = "east";
    private volatile String power = "on";
    private volatile int processes = 3;
    private volatile int status = 200;
    private volatile boolean obeys = true;
    private volatile boolean hangs;
    private Duration timeout = Duration.ofSeconds(30);

    @BeforeEach
    void startAgent() throws IOException {
        agent = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        agent.setExecutor(threads);
        agent.createContext("/", this::answer);
        agent.start();
    }

    @AfterEach
    void stopAgent() {
        over.countDown();
        agent.stop(0);
        threads.shutdownNow();
    }

    @Test
    void regionThatIsOffIsProven() {
        FenceReceipt receipt = fence();

        assertThat(receipt.proven()).isTrue();
        assertThat(receipt.driver()).isEqualTo("power");
        assertThat(commands).containsExactly("POST /off");
    }

    @Test
    void secondFenceCommandsNothing() {
        fence();

        assertThat(fence().proven()).isTrue();
        assertThat(commands).containsExactly("POST /off");
    }

    @Test
    void agentThatSaysOffWhileProcessesRunProvesNothing() {
        power = "off";
        obeys = false;

        FenceReceipt receipt = fence();

        assertThat(receipt.proven()).isFalse();
        assertThat(receipt.observation()).contains("3 processes");
    }

    @Test
    void agentOfAnotherRegionIsCommandedNothing() {
        region = "west";

        FenceReceipt receipt = fence();

        assertThat(receipt.proven()).isFalse();
        assertThat(receipt.observation()).contains("west");
        assertThat(commands).isEmpty();
    }

    @Test
    void failingAgentProvesNothing() {
        status = 500;

        assertThat(fence().observation()).contains("500");
        assertThat(fence().proven()).isFalse();
    }

    @Test
    void deadAgentProvesNothing() {
        agent.stop(0);

        assertThat(fence().proven()).isFalse();
    }

    @Test
    void agentThatStopsInTheMiddleOfItsAnswerProvesNothingWithinTheTimeout() {
        hangs = true;
        timeout = Duration.ofSeconds(1);
        long started = System.nanoTime();

        FenceReceipt receipt = fence();

        assertThat(receipt.proven()).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(SOON);
    }

    @Test
    void staleEpochPassesThroughAndCommandsNothing() {
        gate.moveTo(8);

        assertThatThrownBy(this::fence).matches(FailureType.STALE_EPOCH::is);
        assertThat(commands).isEmpty();
    }

    @Test
    void liftSwitchesOnOnce() {
        fence();
        fences().lift(request());
        fences().lift(request());

        assertThat(commands).containsExactly("POST /off", "POST /on");
        assertThat(power).isEqualTo("on");
    }

    @Test
    void liftThatLeavesTheRegionOffIsTriedAgain() {
        fence();
        obeys = false;

        assertThatThrownBy(() -> fences().lift(request())).matches(FailureType.UNAVAILABLE::is);
    }

    @Test
    void unexpectedFailureOfADriverIsAnUnprovenReceipt() {
        Fencer broken = new Fencer() {
            @Override
            public FenceReceipt fence(Fence request) {
                throw new IllegalStateException("boom");
            }

            @Override
            public LiftReceipt lift(Fence request) {
                throw new IllegalStateException("boom");
            }
        };

        FenceReceipt receipt = new DefaultFenceActivities(broken, broken, broken).fence(request());

        assertThat(receipt.proven()).isFalse();
        assertThat(receipt.observation()).contains("IllegalStateException").doesNotContain("boom");
    }

    private FenceReceipt fence() {
        return fences().fence(request());
    }

    private DefaultFenceActivities fences() {
        PowerFencer fencer = new PowerFencer(new Settings(name -> null), gate);
        return new DefaultFenceActivities(fencer, fencer, fencer);
    }

    private Fence request() {
        String url = "http://127.0.0.1:" + agent.getAddress().getPort();
        FenceDriver driver =
                new FenceDriver.Power(timeout, List.of(new FenceDriver.Power.Agent("east", new Setting(url))));
        Epoch epoch = new Epoch("orders", 7, "run-7", new Ledger("west", "ledger"));
        return new Fence(epoch, "east", driver, List.of(), List.of());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (exchange.getRequestMethod().equals("POST")) {
                String path = exchange.getRequestURI().getPath();
                commands.add("POST " + path);
                if (obeys) {
                    power = path.substring(1);
                    processes = power.equals("off") ? 0 : 3;
                }
            }
            byte[] body = "{\"region\":\"%s\",\"power\":\"%s\",\"processes\":%d}"
                    .formatted(region, power, processes)
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body, 0, hangs ? 5 : body.length);
            exchange.getResponseBody().flush();
            if (hangs) {
                over.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
