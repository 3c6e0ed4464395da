package io.lifeboat.lab.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.lab.LabException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated // a program that another test starts at that moment has the sockets, too, until it runs
class PortsTest {

    private static final String ADDRESS = "127.251.7.1";
    private static final String NEIGHBOUR = "127.251.7.2";

    @Test
    void takesTheUsualPortWhereItIsFree() {
        try (Ports ports = new Ports()) {
            assertThat(ports.preferred(15_432, ADDRESS)).isEqualTo(15_432);
        }
    }

    @Test
    void takesAnotherWhereTheUsualOneIsTakenOnOneOfTheAddresses() throws Exception {
        try (ServerSocket taken = listener(NEIGHBOUR);
                Ports ports = new Ports()) {
            int port = ports.preferred(taken.getLocalPort(), ADDRESS, NEIGHBOUR);

            assertThat(port).isNotEqualTo(taken.getLocalPort());
        }
    }

    @Test
    void takesAnotherWhereTheUsualOneIsTakenAnywhere() throws Exception {
        try (ServerSocket taken = listener(NEIGHBOUR);
                Ports ports = new Ports()) {
            int port = ports.preferred(taken.getLocalPort(), Ports.EVERYWHERE);

            assertThat(port).isNotEqualTo(taken.getLocalPort());
        }
    }

    /** Of 500 drawn from 10,000 some would be the same but once in 250,000 times. */
    @Test
    void givesNoBlockAgainThatItGaveAndReleased() {
        List<Integer> given = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            try (Ports ports = new Ports()) {
                given.add(ports.block(1, ADDRESS));
            }
        }

        assertThat(given).doesNotHaveDuplicates();
    }

    @Test
    void neverGivesOnePortTwice() {
        try (Ports ports = new Ports()) {
            int first = ports.preferred(15_433, ADDRESS);
            int second = ports.preferred(15_433, ADDRESS);

            assertThat(second).isNotEqualTo(first);
        }
    }

    @Test
    void releasesWhatItHeld() throws Exception {
        int port;
        try (Ports ports = new Ports()) {
            port = ports.block(1, ADDRESS);
        }

        try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getByName(ADDRESS))) {
            assertThat(free.isBound()).isTrue();
        }
    }

    @Test
    void keepsWhatIsClaimedWhenTheRestIsReleased() throws Exception {
        try (Ports ports = new Ports();
                Ports others = new Ports()) {
            int port = ports.block(1, ADDRESS, NEIGHBOUR);

            ports.releaseAllBut(NEIGHBOUR);

            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getByName(ADDRESS))) {
                assertThat(free.isBound()).isTrue();
            }
            assertThat(others.preferred(port, ADDRESS)).isEqualTo(port);
            assertThat(others.preferred(port, NEIGHBOUR)).isNotEqualTo(port);
        }
    }

    @Test
    void namesWhoHoldsAPortThatWasAskedFor() throws Exception {
        try (ServerSocket taken = listener(ADDRESS);
                Ports ports = new Ports()) {
            int port = taken.getLocalPort();

            assertThatThrownBy(() -> ports.required(port, "--temporal-port", ADDRESS, NEIGHBOUR))
                    .isInstanceOfSatisfying(
                            LabException.class,
                            problem -> assertThat(problem.kind().exitCode()).isEqualTo(6))
                    .hasMessageContaining("port " + port + " on " + ADDRESS + " is in use")
                    .hasMessageContaining("(pid " + ProcessHandle.current().pid() + ")");
        }
    }

    @Test
    void refusesAPortThatSomebodyIsAboutToTake() {
        try (Ports others = new Ports();
                Ports ports = new Ports()) {
            int port = others.block(1, ADDRESS, NEIGHBOUR);
            others.releaseAllBut(NEIGHBOUR);

            assertThatThrownBy(() -> ports.required(port, "--temporal-port", ADDRESS, NEIGHBOUR))
                    .hasMessageContaining("port " + port + " on " + ADDRESS + " is in use");
        }
    }

    @Test
    void refusesWhatIsNoPort() {
        try (Ports ports = new Ports()) {
            assertThatThrownBy(() -> ports.required(70_000, "--ui-port", ADDRESS, NEIGHBOUR))
                    .isInstanceOfSatisfying(
                            LabException.class,
                            problem -> assertThat(problem.kind().exitCode()).isEqualTo(2));
        }
    }

    private static ServerSocket listener(String address) throws Exception {
        return new ServerSocket(0, 1, InetAddress.getByName(address));
    }
}
