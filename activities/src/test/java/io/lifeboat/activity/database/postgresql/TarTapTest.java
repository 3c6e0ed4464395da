package io.lifeboat.activity.database.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A tar is passed on as it is, however its bytes come in, and one of its files is copied. */
class TarTapTest {
    private static final int BLOCK = TestTar.BLOCK;

    private final TestTar tar = new TestTar();
    private final ByteArrayOutputStream passed = new ByteArrayOutputStream();
    private final ByteArrayOutputStream copy = new ByteArrayOutputStream();
    private final TarTap tap = new TarTap(passed, "backup_manifest", copy);

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 511, 512, 513, 65_536})
    void copiesTheFileWhateverItsNeighboursHold(int chunk) throws IOException {
        String list = "{ \"Files\": [] }".repeat(100);
        tar.add("base/1/backup_manifest", "not this one");
        tar.add("backup_manifest.old", "x".repeat(BLOCK));
        tar.add("pg_wal/", "");
        // A header within a file is a file's content.
        tar.add("nested", new String(TestTar.header("backup_manifest", "00000000005\0"), StandardCharsets.ISO_8859_1));
        tar.add("backup_manifest", list);
        tar.add(new byte[2 * BLOCK]);

        write(chunk);

        assertThat(passed.toByteArray()).isEqualTo(tar.bytes());
        assertThat(copy).hasToString(list);
        assertThat(tap.hasFound()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {100, BLOCK})
    void readsTheBinarySizesOfLargeFiles(int chunk) throws IOException {
        tar.add(TestTar.header("large", "\200\0\0\0\0\0\0\0\0\0\2\1"));
        tar.add(new byte[2 * BLOCK]);
        tar.add("backup_manifest", "the list");

        write(chunk);

        assertThat(copy).hasToString("the list");
    }

    @ParameterizedTest
    @ValueSource(ints = {BLOCK, BLOCK + 8})
    void saysThatTheFileIsNotThereOrCutOff(int length) throws IOException {
        tar.add("backup_manifest", "the whole list");

        tap.write(tar.bytes(), 0, length);

        assertThat(tap.hasFound()).isFalse();
    }

    private void write(int chunk) throws IOException {
        byte[] bytes = tar.bytes();
        for (int at = 0; at < bytes.length; at += chunk) {
            tap.write(bytes, at, Math.min(chunk, bytes.length - at));
        }
    }
}
