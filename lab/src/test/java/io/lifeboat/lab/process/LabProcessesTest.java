package io.lifeboat.lab.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabProcessesTest {

    @TempDir
    Path lab;

    Path east;
    Path west;
    Launcher launcher;

    @BeforeEach
    void createRegions() throws Exception {
        east = Files.createDirectories(lab.resolve("us-east-1"));
        west = Files.createDirectories(lab.resolve("us-west-2"));
        launcher = new Launcher(lab);
    }

    @AfterEach
    void killEverything() {
        LabProcesses.in(lab).killAll();
    }

    @Test
    void findsAProcessByItsWorkingFolder() {
        StartedProcess sleeper = start(east, "sleep", "600");

        assertThat(LabProcesses.in(east).list()).extracting(LabProcess::pid).containsExactly(sleeper.pid());
        assertThat(LabProcesses.in(west).list()).isEmpty();
    }

    @Test
    void doesNotMistakeAFolderWhoseNameBeginsAlike() throws Exception {
        Path longer = Files.createDirectories(lab.resolve("us-east-10"));
        start(longer, "sleep", "600");

        assertThat(LabProcesses.in(east).list()).isEmpty();
    }

    @Test
    void findsAProcessWhoseFolderWasRemoved() throws Exception {
        Path part = Files.createDirectories(east.resolve("part"));
        StartedProcess sleeper = start(part, "sleep", "600");
        Files.delete(part);

        assertThat(LabProcesses.in(east).list()).extracting(LabProcess::pid).containsExactly(sleeper.pid());
    }

    @Test
    void leavesAShellWithATerminalAlone() throws Exception {
        // script(1) gives its child a terminal, as a person's shell has one.
        Process script = new ProcessBuilder("script", "--quiet", "--command", "exec sleep 600", "/dev/null")
                .directory(west.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        ProcessHandle shell = awaitChild(script);
        try {
            assertThat(LabProcesses.in(west).list()).extracting(LabProcess::pid).doesNotContain(shell.pid());
        } finally {
            shell.destroyForcibly();
            script.destroyForcibly();
        }
    }

    @Test
    void killsAProcessThatIgnoresRequestsAndItsChildren() {
        start(east, "sh", "-c", "trap '' TERM INT HUP; sleep 600 & sleep 600 & wait");
        StartedProcess other = start(west, "sleep", "600");

        LabProcesses.in(east).killAll();

        assertThat(LabProcesses.in(east).list()).isEmpty();
        assertThat(LabProcesses.in(west).list()).extracting(LabProcess::pid).containsExactly(other.pid());
    }

    @Test
    void killsAFamilyThatKeepsGrowing() {
        start(east, "sh", "-c", "while :; do setsid sleep 600 & sleep 0.01; done");
        await(() -> LabProcesses.in(east).list().size() > 5);

        LabProcesses.in(east).killAll();

        assertThat(LabProcesses.in(east).list()).isEmpty();
    }

    @Test
    void killsAStoppedProcess() throws Exception {
        StartedProcess sleeper = start(east, "sleep", "600");
        new ProcessBuilder("kill", "-STOP", "" + sleeper.pid()).start().waitFor(5, TimeUnit.SECONDS);

        int killed = LabProcesses.in(east).killAll();

        assertThat(killed).isEqualTo(1);
        assertThat(LabProcesses.in(east).list()).isEmpty();
    }

    @Test
    void readsACommandThatHoldsParenthesesAndSpaces() {
        ProcessStat stat = ProcessStat.parse("4711 (a) b (c) S 1 2 3 34816 5 6");

        assertThat(stat).isEqualTo(new ProcessStat(4711, "a) b (c", 'S', 34816));
        assertThat(stat.hasTerminal()).isTrue();
    }

    private StartedProcess start(Path folder, String... command) {
        StartedProcess process =
                launcher.start(new Launch(command[0], List.of(command), folder, Map.of(), lab.resolve("test.log")));
        await(() -> LabProcesses.in(folder).list().stream()
                .anyMatch(
                        found -> found.pid() == process.pid() && found.command().equals(command[0])));
        return process;
    }

    private static ProcessHandle awaitChild(Process parent) {
        await(() -> parent.toHandle().children().findAny().isPresent());
        return parent.toHandle().children().findAny().orElseThrow();
    }

    private static void await(java.util.function.BooleanSupplier condition) {
        Deadline deadline = Deadline.after(Duration.ofSeconds(10));
        while (!condition.getAsBoolean()) {
            assertThat(deadline.passed()).as("condition met within 10 s").isFalse();
            Deadline.pause(Duration.ofMillis(5));
        }
    }
}
