package io.lifeboat.starter;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifeboat.starter.Commands.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the commands say without a server that has schedules; {@code SchedulesIT} has one. */
@Timeout(30)
class SchedulesCommandTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void wantsAVerb() {
        Result result = run("schedules");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("one of apply, diff, list, pause, resume, run-now.");
    }

    @Test
    void saysThatThereAreNoRunbooks() {
        Result result = run("schedules", "diff", folder.resolve("missing").toString());

        assertThat(result.code()).isEqualTo(6);
        assertThat(result.err()).contains("there is no such file or folder");
    }

    @Test
    void changesNothingWhileARunbookIsBroken() throws IOException {
        Path file = Files.writeString(folder.resolve("broken.yaml"), "apiVersion: lifeboat.io/v1\nservise: orders\n");

        Result result = run("schedules", "apply", "--yes", folder.toString());

        assertThat(result.code()).isEqualTo(6);
        assertThat(result.err()).contains(file + ":2:1: ").contains("Nothing was changed: correct this first.");
    }

    @Test
    void saysThatAServerHasNoSchedules() {
        try (Commands lifeboat = new Commands()) {
            Result result = lifeboat.run("schedules", "diff", "../runbooks/catalog");

            assertThat(result.code()).isEqualTo(6);
            assertThat(result.err())
                    .isEqualTo("Cannot look at the schedule \"orders/NightlyBackup\":"
                            + " this Temporal server has no schedules. Ask one that does.\n");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-21T12:00:00Z, 2026-11-21T12:00:59Z, in 59 s",
        "2026-11-21T12:00:00Z, 2026-11-21T15:20:00Z, in 3 h 20 min",
        "2026-11-21T12:00:00Z, 2026-11-19T11:00:00Z, 2 d 1 h ago",
        "2026-11-21T12:00:00Z, 2026-11-21T11:15:30Z, 44 min ago"
    })
    void saysHowFarAwayATimeIs(Instant now, Instant then, String said) {
        assertThat(SchedulesListCommand.relative(now, then)).isEqualTo(said);
    }

    private static Result run(String... args) {
        return Commands.run(new ConfiguredTemporal(), "", false, args);
    }
}
