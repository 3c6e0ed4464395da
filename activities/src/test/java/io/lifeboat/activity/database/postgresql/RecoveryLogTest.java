package io.lifeboat.activity.database.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What PostgreSQL's own words are taken for; the words are its, from versions 15 and 18. */
class RecoveryLogTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LOG:  incorrect resource manager data checksum in record at 0/4000028",
                "LOG:  invalid magic number 0304 in WAL segment 000000010000000000000004, LSN 0/4000000, offset 0",
                "LOG:  invalid resource manager ID 203 at 0/4000028",
                "LOG:  WAL file is from different database system: WAL file database system identifier is 1"
            })
    void brokenRecordIsDamage(String line) {
        assertThat(log("2026-11-20 13:16:31.624 UTC " + line).damage()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LOG:  invalid record length at 0/5000060: expected at least 24, got 0",
                "LOG:  invalid magic number 0000 in WAL segment 000000010000000000000005, LSN 0/5000000, offset 0",
                "LOG:  unexpected pageaddr 0/2000000 in WAL segment 000000010000000000000005, LSN 0/5000000, offset 0",
                "LOG:  redo done at 0/4000110 system usage: CPU: user: 0.00 s, system: 0.00 s, elapsed: 0.19 s"
            })
    void whereTheLogWasNeverWrittenItEnds(String line) {
        assertThat(log("2026-11-20 13:16:31.624 UTC " + line).damage()).isEmpty();
    }

    @Test
    void lastCommitIsTheLastThatWasReplayed() {
        RecoveryLog log = log(
                "2026-11-20 13:15:11.403 UTC LOG:  recovery stopping before commit of transaction 1110, time 2026-11-20 13:14:30.841496+00",
                "2026-11-20 13:15:11.410 UTC LOG:  last completed transaction was at log time 2026-11-20 13:14:28.5+00");

        assertThat(log.lastCommit()).contains(Instant.parse("2026-11-20T13:14:28.500Z"));
    }

    @Test
    void commitOnAWholeSecondIsRead() {
        assertThat(log("LOG:  last completed transaction was at log time 2026-11-20 13:14:28+00")
                        .lastCommit())
                .contains(Instant.parse("2026-11-20T13:14:28Z"));
    }

    @Test
    void segmentOfTheWrongSizeIsNamed() {
        assertThat(log("FATAL:  archive file \"000000010000000000000004\" has wrong size: 0 instead of 16777216")
                        .wrongSize())
                .contains("WAL segment 000000010000000000000004 has 0 bytes instead of 16777216");
    }

    private static RecoveryLog log(String... lines) {
        return new RecoveryLog(List.of(lines));
    }
}
