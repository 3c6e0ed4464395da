package io.lifeboat.lab.power;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegionPowerTest {

    @TempDir
    private Path folder;

    @Test
    void forbidsNewProcessesBeforeItLooksForOldOnes() throws IOException {
        AtomicInteger looks = new AtomicInteger();
        RegionPower power = power(() -> {
            assertThat(fence()).exists();
            looks.incrementAndGet();
            return List.of();
        });

        power.off();

        assertThat(looks).hasPositiveValue();
    }

    @Test
    void looksAgainAfterNothingWasFound() throws IOException {
        AtomicInteger looks = new AtomicInteger();
        RegionPower power = power(() -> {
            looks.incrementAndGet();
            return List.of();
        });

        power.off();

        // Two to be sure, one to answer.
        assertThat(looks).hasValue(3);
    }

    @Test
    void killsNothingWhenTheFenceCannotBeSet() {
        RegionPower power = new RegionPower("us-east-1", folder.resolve("missing/us-east-1.off"), () -> {
            throw new AssertionError("looked for processes to kill");
        });

        assertThatThrownBy(power::off)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Cannot power off \"us-east-1\"")
                .hasMessageContaining("Nothing was killed");
    }

    @Test
    void isOnWithoutAFenceEvenWhenNothingRuns() {
        assertThat(power(List::of).state()).isEqualTo(new PowerState("us-east-1", "on", 0));
    }

    @Test
    void isOnBehindAFenceWhileSomethingRuns() throws IOException {
        Files.createFile(fence());

        assertThat(power(() -> List.of(ProcessHandle.current())).state())
                .isEqualTo(new PowerState("us-east-1", "on", 1));
    }

    @Test
    void liftsAFenceThatWasNeverSet() throws IOException {
        assertThat(power(List::of).on()).isEqualTo(new PowerState("us-east-1", "on", 0));
    }

    private RegionPower power(RegionProcesses processes) {
        return new RegionPower("us-east-1", fence(), processes);
    }

    private Path fence() {
        return folder.resolve("us-east-1.off");
    }
}
