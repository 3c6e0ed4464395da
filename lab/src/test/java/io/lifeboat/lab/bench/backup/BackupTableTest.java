package io.lifeboat.lab.bench.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.lab.bench.backup.BackupSample.Figures;
import io.lifeboat.lab.bench.backup.BackupSample.Phase;
import io.lifeboat.lab.bench.backup.Meter.Cost;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bench's table cannot say more than its results do. */
class BackupTableTest {
    @Test
    void lineIsReadAsItWasWritten() {
        BackupSample sample = new BackupSample(
                "gzip",
                Phase.RESTORE,
                Optional.of(new Figures(new Cost(83.823, 18.96, 41.13, 2.23, 359.7), 902_559_690)));

        assertThat(BackupSample.parse(sample.line())).isEqualTo(sample);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "gzip,backup",
                "gzip,backup,1,2,3,4,5",
                "gzip,backup,1,2,3,4,5,6,7",
                "gzip,backup,fast,2,3,4,5,6",
                "gzip,verify,1,2,3,4,5,6",
                "gzip,backup,Failed"
            })
    void lineThatIsNotUnderstoodIsRefused(String line) {
        assertThatThrownBy(() -> BackupSample.parse(line)).hasMessageStartingWith("Cannot read the result \"" + line);
    }

    @Test
    void targetIsMetAtItsLimitAndMissedAboveIt() {
        String exactly = table("pipeline,backup,10,1,1,1,1,1", "lifeboat-logical,backup,11,1,1,1,1,1");
        String above = table("pipeline,backup,10,1,1,1,1,1", "lifeboat-logical,backup,11.2,1,1,1,1,1");

        assertThat(exactly)
                .contains("backup, lifeboat-logical against pipeline: 1.10 times its seconds")
                .contains("**met**");
        assertThat(above)
                .contains("1.12 times its seconds")
                .contains("**missed**")
                .doesNotContain("**met**");
    }

    @Test
    void threeTimesAsFastIsAThirdOfTheSeconds() {
        assertThat(table("gzip,backup,30,1,1,1,1,1", "lifeboat-logical,backup,10,1,1,1,1,1"))
                .contains("**met**");
        assertThat(table("gzip,backup,30,1,1,1,1,1", "lifeboat-logical,backup,10.1,1,1,1,1,1"))
                .contains("**missed**");
    }

    @Test
    void nothingIsJudgedByRunsOfWhichSomeFailed() {
        String table = table(
                "pipeline,restore,10,1,1,1,1,1",
                "lifeboat-logical,restore,9,1,1,1,1,1",
                "lifeboat-logical,restore,failed");

        assertThat(table)
                .contains("| lifeboat-logical | 1 | 1 | 9.0 s |")
                .contains("restore, lifeboat-logical against pipeline: not judged, lifeboat-logical failed 1 times.");
    }

    @Test
    void nothingIsJudgedAgainstWhoDidNotRun() {
        assertThat(table("lifeboat-base,backup,9,1,1,1,1,1"))
                .contains("backup, lifeboat-base against pgbackrest: not judged, pgbackrest has no result.")
                .doesNotContain("**met**");
    }

    @Test
    void saysThatTooFewRunsWereMade() {
        String[] five = Stream.of("pipeline,backup,10,1,1,1,1,1", "lifeboat-logical,backup,9,1,1,1,1,1")
                .flatMap(line -> Stream.generate(() -> line).limit(5))
                .toArray(String[]::new);

        assertThat(table(five)).contains("**met**.");
        assertThat(table(Arrays.copyOf(five, 9))).contains("**met**, by 4 instead of 5 runs.");
    }

    @Test
    void mediansAreOfAllRuns() {
        assertThat(table("gzip,backup,1,1,1,1,1,1", "gzip,backup,100,1,1,1,1,1", "gzip,backup,3,2,1,1,1,1"))
                .contains("| gzip | 3 | 0 | 3.0 s | 1.0 s | 100.0 s | 1.0 s | 1.0 s | 1.0 s | 3.0 s |");
    }

    private static String table(String... lines) {
        List<BackupSample> samples = Stream.of(lines).map(BackupSample::parse).toList();
        return new BackupTable(samples).markdown();
    }
}
