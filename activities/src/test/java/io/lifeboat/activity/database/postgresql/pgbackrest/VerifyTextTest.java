package io.lifeboat.activity.database.postgresql.pgbackrest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.BackupException.Kind;
import org.junit.jupiter.api.Test;

class VerifyTextTest {
    private static final String LABEL = "20261121-171041F";

    private static final String GOOD = """
            stanza: main
            status: ok
              archiveId: 15-1, total WAL checked: 24, total valid WAL: 24
                missing: 0, checksum invalid: 0, size invalid: 0, other: 0
              backup: 20261121-171041F, status: valid, total files checked: 968, total valid files: 968
                missing: 0, checksum invalid: 0, size invalid: 0, other: 0
            """;

    @Test
    void saysWhatWasCompared() {
        assertThat(new VerifyText(GOOD).require("1", LABEL))
                .isEqualTo("968 files and 24 segments of the log compared by pgBackRest");
    }

    @Test
    void damagedFileIsCorrupt() {
        assertCorrupt(
                GOOD.replace("status: valid", "status: invalid").replace("valid files: 968", "valid files: 967"),
                "of the files of " + LABEL + ", 967 of 968 are as they were (invalid)");
    }

    @Test
    void damagedLogIsCorrupt() {
        assertCorrupt(GOOD.replace("valid WAL: 24", "valid WAL: 23"), "23 of 24 segments");
    }

    @Test
    void setThatItDoesNotNameIsCorruptThoughItIsContent() {
        assertCorrupt(GOOD.replace(LABEL, LABEL + "_20261121-171041I"), "it does not find the set " + LABEL);
    }

    @Test
    void textThatCannotBeReadIsNotTakenForAGoodOne() {
        assertCorrupt("stanza: main\nstatus: ok\n", "it does not find the set");
    }

    private static void assertCorrupt(String text, String words) {
        assertThatThrownBy(() -> new VerifyText(text).require("1", LABEL))
                .isInstanceOfSatisfying(
                        BackupException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CORRUPT))
                .hasMessageContaining(words);
    }
}
