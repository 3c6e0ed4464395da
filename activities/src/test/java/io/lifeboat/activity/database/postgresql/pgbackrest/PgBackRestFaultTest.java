package io.lifeboat.activity.database.postgresql.pgbackrest;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.BackupException.Kind;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PgBackRestFaultTest {
    private static final Stanza STANZA = new Stanza("orders", 1, Optional.empty());

    @ParameterizedTest
    @CsvSource({
        "26, CORRUPT, 'actual checksum does not match'",
        "42, CORRUPT, 'unable to get 01; repo1: 15-1/01 [FormatError] zst error'",
        "55, CORRUPT, 'unable to open missing file'",
        "31, PRECONDITION, 'option not valid'",
        "95, PRECONDITION, 'unable to find hostname in certificate'",
        "49, UNAVAILABLE, 'unable to connect'",
        "50, UNAVAILABLE, 'unable to acquire lock'",
        "82, UNAVAILABLE, 'WAL segment was not archived before the 60000ms timeout'",
        "255, UNAVAILABLE, 'something that nobody knows'"
    })
    void codeDecidesWhatCanBeDone(int code, Kind kind, String said) {
        BackupException failure = PgBackRestFault.of("back up", STANZA, code, said);

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure)
                .hasMessageStartingWith("Cannot back up stanza \"orders\" in repository 1: pgbackrest ended with code "
                        + code + " and said: " + said + ". ");
    }

    @Test
    void repeatsWhatItComplainedOfAndNotWhatItDidBefore() {
        String said = """
                P00   INFO: restore command begin 2.45: --stanza=orders
                ERROR: [053]: unable to list file info
                       HINT: look at it
                P00   INFO: restore command end: aborted
                """;

        assertThat(PgBackRestFault.of("restore", STANZA, 53, said))
                .hasMessageContaining("said: ERROR: [053]: unable to list file info; HINT: look at it. ")
                .hasMessageNotContaining("command begin");
    }
}
