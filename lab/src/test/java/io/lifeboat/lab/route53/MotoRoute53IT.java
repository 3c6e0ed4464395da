package io.lifeboat.lab.route53;

import static io.lifeboat.lab.route53.RecordSets.creation;
import static io.lifeboat.lab.route53.RecordSets.weighted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.route53.model.ChangeStatus;

/**
 * moto keeps the contract. Beyond it moto is laxer than Route 53, as the tests of this class pin down: it may confirm a
 * happy path and never be the only judge. When one of them fails, moto has become stricter, and its case moves from
 * {@link LabRoute53Test} into the contract.
 */
@Execution(ExecutionMode.SAME_THREAD)
class MotoRoute53IT extends Route53Contract {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @TempDir
    private static Path folder;

    private static int port;
    private static Process moto;

    @BeforeAll
    static void startMoto() throws IOException, InterruptedException {
        assumeThat(isInstalled())
                .as("moto is not installed (pip install 'moto[server]'), so the contract did not run against it")
                .isTrue();
        try (ServerSocket free = new ServerSocket(0, 1, LOOPBACK)) {
            port = free.getLocalPort();
        }
        Path log = folder.resolve("moto.log");
        moto = python("-m", "moto.server", "-H", LOOPBACK.getHostAddress(), "-p", String.valueOf(port))
                .redirectOutput(log.toFile())
                .start();
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!accepts()) {
            assertThat(moto.isAlive() && System.nanoTime() < deadline)
                    .as(() -> "moto starts:\n" + text(log))
                    .isTrue();
            moto.waitFor(50, TimeUnit.MILLISECONDS);
        }
    }

    private static boolean isInstalled() throws InterruptedException {
        try {
            Process probe = python("-c", "import moto.server")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return probe.waitFor(START_TIMEOUT.toSeconds(), TimeUnit.SECONDS) && probe.exitValue() == 0;
        } catch (IOException noPython) {
            return false;
        }
    }

    private static ProcessBuilder python(String... arguments) {
        ProcessBuilder python = new ProcessBuilder("python3").redirectErrorStream(true);
        python.command().addAll(List.of(arguments));
        return python;
    }

    private static boolean accepts() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(LOOPBACK, port), 1_000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "(no log: " + e + ")";
        }
    }

    @AfterAll
    static void stopMoto() throws InterruptedException {
        if (moto != null) {
            moto.destroyForcibly().waitFor();
        }
    }

    @Override
    URI endpoint() {
        return URI.create("http://" + LOOPBACK.getHostAddress() + ":" + port);
    }

    /** The adapter on the same server, which takes seconds to start. */
    @Nested
    class Adapter extends DnsZoneContract {
        @Override
        URI endpoint() {
            return MotoRoute53IT.this.endpoint();
        }
    }

    @Test
    void storesAWeightedSetTwiceUnlikeRoute53() {
        change(creation(weighted("orders.lifeboat.test.", "us-east-1", 100, "127.9.1.1")));

        change(creation(weighted("orders.lifeboat.test.", "us-east-1", 7, "127.9.1.9")));

        assertThat(recordSets()).hasSize(2);
    }

    @Test
    void acceptsAWeightOf300UnlikeRoute53() {
        change(creation(weighted("orders.lifeboat.test.", "us-east-1", 300, "127.9.1.1")));

        assertThat(recordSets())
                .singleElement()
                .satisfies(set -> assertThat(set.weight()).isEqualTo(300));
    }

    @Test
    void callsEveryChangeInSyncAtOnceUnlikeRoute53() {
        assertThat(change(creation(weighted("orders.lifeboat.test.", "us-east-1", 1, "127.9.1.1")))
                        .status())
                .isEqualTo(ChangeStatus.INSYNC);
    }
}
