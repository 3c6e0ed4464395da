package io.lifeboat.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfiguredTemporalTest {
    /** Three seconds are the limit of a connection; the rest is for a busy machine. */
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void saysAtOnceThatNothingListens() throws IOException {
        int port = freePort();
        long begun = System.nanoTime();

        try (Temporal temporal = new ConfiguredTemporal(Map.of("TEMPORAL_ADDRESS", "127.0.0.1:" + port))) {
            assertThatThrownBy(temporal::client)
                    .isInstanceOfSatisfying(
                            CommandException.class,
                            e -> assertThat(e.exitCode()).isEqualTo(ExitCode.PRECONDITION))
                    .hasMessageStartingWith("Cannot reach Temporal at 127.0.0.1:" + port + ": Connection refused.")
                    .hasMessageContaining("TEMPORAL_ADDRESS");
        }

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SOON);
    }

    @Test
    void givesUpOnAServerThatListensAndSaysNothing() throws IOException {
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Temporal temporal =
                        new ConfiguredTemporal(Map.of("TEMPORAL_ADDRESS", "127.0.0.1:" + mute.getLocalPort()))) {
            long begun = System.nanoTime();

            assertThatThrownBy(temporal::client).isInstanceOf(CommandException.class);

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SOON);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
