package io.lifeboat.lab.region;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifeboat.lab.LabException;
import io.lifeboat.lab.region.DeploymentProcess.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeploymentProcessIT {

    private final Shells shells = new Shells();
    private final List<String> log = new ArrayList<>();
    private final DeploymentProcess process = new DeploymentProcess("orders-api", shells, log::add);

    @AfterEach
    void endAll() {
        shells.started.forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void isReadyOnlyOnceItAnswers() {
        shells.answering = false;

        assertThat(process.advance(true)).isEqualTo(State.STARTING);
        assertThat(process.advance(true)).isEqualTo(State.STARTING);
        shells.answering = true;
        assertThat(process.advance(true)).isEqualTo(State.READY);
    }

    @Test
    void startsAgainAfterItDied() {
        process.advance(true);
        process.advance(true);

        shells.started.getFirst().destroyForcibly();
        RegionRig.await(
                "a second process is ready", () -> process.advance(true) == State.READY && shells.started.size() == 2);

        assertThat(log).contains("orders-api ended by itself");
    }

    @Test
    void killsWhatIgnoresBeingAskedToStop() {
        shells.command = "trap '' TERM; while :; do sleep 0.05; done";
        process.advance(true);
        process.advance(true);

        RegionRig.await("it is stopped", () -> process.advance(false) == State.STOPPED);

        assertThat(shells.started.getFirst().isAlive()).isFalse();
    }

    @Test
    void stopsBeforeItStartsAgain() {
        process.advance(true);
        process.advance(false);

        RegionRig.await("a second process is ready", () -> process.advance(true) == State.READY);

        assertThat(shells.started).hasSize(2);
        assertThat(shells.started.getFirst().isAlive()).isFalse();
    }

    @Test
    void waitsWhileItsRegionIsPoweredOff() {
        shells.poweredOff = true;

        assertThat(process.advance(true)).isEqualTo(State.WAITING);
        assertThat(log).containsExactly("powered off");
        shells.poweredOff = false;
        RegionRig.await("it is ready", () -> process.advance(true) == State.READY);
    }

    private static final class Shells implements DeploymentProcesses {

        private final List<ProcessHandle> started = new ArrayList<>();
        private String command = "exec sleep 600";
        private boolean answering = true;
        private boolean poweredOff;

        @Override
        public ProcessHandle start(String deployment) {
            if (poweredOff) {
                throw LabException.precondition("powered off");
            }
            try {
                ProcessHandle handle =
                        new ProcessBuilder("sh", "-c", command).start().toHandle();
                started.add(handle);
                return handle;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public boolean answers(String deployment) {
            return answering;
        }
    }
}
