package io.lifeboat.lab.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.lab.LabException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {

    @TempDir
    Path lab;

    Path east;

    @BeforeEach
    void createRegion() throws Exception {
        east = Files.createDirectories(lab.resolve("us-east-1"));
    }

    @AfterEach
    void killEverything() {
        LabProcesses.in(lab).killAll();
    }

    @Test
    void passesOnlyTheEnvironmentThatIsNeeded() throws Exception {
        new Launcher(lab).start(launch(Map.of("TOKEN", "t"), "env")).awaitSuccess(Duration.ofSeconds(10));

        assertThat(Files.readAllLines(log()))
                .map(line -> line.split("=", 2)[0])
                .contains("TOKEN", "PATH", "HOME", "LANG")
                .hasSize(4);
    }

    @Test
    void tellsTheLastLinesOfWhatEndedTooEarly() {
        StartedProcess failing = new Launcher(lab).start(launch(Map.of(), "sh", "-c", "echo no space left; exit 3"));

        assertThatThrownBy(() -> failing.awaitReady(Duration.ofSeconds(10), () -> false))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("it ended with exit code 3")
                .hasMessageContaining("no space left");
    }

    @Test
    void tellsThatADeadlinePassed() {
        StartedProcess hanging = new Launcher(lab).start(launch(Map.of(), "sleep", "600"));

        assertThatThrownBy(() -> hanging.awaitReady(Duration.ofMillis(50), () -> false))
                .hasMessageContaining("did not answer within")
                .hasMessageContaining("wrote nothing to its log");
    }

    @Test
    void startsNothingBehindAFence() throws Exception {
        Files.createFile(lab.resolve("us-east-1.off"));

        assertThatThrownBy(() -> new Launcher(lab).start(launch(Map.of(), "sleep", "600")))
                .hasMessageContaining("\"us-east-1\" is powered off");
        assertThat(LabProcesses.in(lab).list()).isEmpty();
    }

    @Test
    void startsNothingOnceClosed() {
        Launcher launcher = new Launcher(lab);
        launcher.close();

        assertThatThrownBy(() -> launcher.start(launch(Map.of(), "sleep", "600")))
                .hasMessageContaining("is being torn down");
        assertThat(LabProcesses.in(lab).list()).isEmpty();
    }

    private Launch launch(Map<String, String> environment, String... command) {
        return new Launch("the test's process", List.of(command), east, environment, log());
    }

    private Path log() {
        return lab.resolve("test.log");
    }
}
