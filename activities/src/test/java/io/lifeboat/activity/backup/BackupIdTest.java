package io.lifeboat.activity.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackupIdTest {
    @Test
    void isReadAsItIsWritten() {
        BackupId id = new BackupId(Instant.parse("2026-11-21T02:00:00.987Z"), "nightly-full");

        assertThat(id).hasToString("20261121T020000Z-nightly-full");
        assertThat(BackupId.parse(id.toString())).contains(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "20261121T020000Z",
                "20261121T020000Z-",
                "20261321T020000Z-nightly",
                "notes",
                "20261121T020000Z_nightly"
            })
    void isNotReadFromAnotherName(String name) {
        assertThat(BackupId.parse(name)).isEmpty();
    }
}
