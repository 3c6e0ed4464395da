package io.lifeboat.activity.database.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A tar is passed on as it is, however its bytes come in, and one of its files is copied. */
class TarTapTest {
    private static final int BLOCK = 512;

    private final ByteArrayOutputStream tar = new ByteArrayOutputStream();
    private final ByteArrayOutputStream passed = new ByteArrayOutputStream();
    private final ByteArrayOutputStream copy = new ByteArrayOutputStream();
    private final TarTap tap = new TarTap(passed, "backup_manifest", copy);

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 511, 512, 513, 65_536})
    void copiesTheFileWhateverItsNeighboursHold(int chunk) throws IOException {
        String list = "{ \"Files\": [] }".repeat(100);
        octal("base/1/backup_manifest", "not this one");
        octal("backup_manifest.old", "x".repeat(BLOCK));
        octal("pg_wal/", "");
        // A header within a file is a file's content.
        octal("nested", new String(header("backup_manifest", "00000000005\0"), StandardCharsets.ISO_8859_1));
        octal("backup_manifest", list);
        tar.write(new byte[2 * BLOCK]);

        write(chunk);

        assertThat(passed.toByteArray()).isEqualTo(tar.toByteArray());
        assertThat(copy).hasToString(list);
        assertThat(tap.hasFound()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {100, BLOCK})
    void readsTheBinarySizesOfLargeFiles(int chunk) throws IOException {
        tar.write(header("large", "\200\0\0\0\0\0\0\0\0\0\2\1"));
        tar.write(new byte[2 * BLOCK]);
        octal("backup_manifest", "the list");

        write(chunk);

        assertThat(copy).hasToString("the list");
    }

    @ParameterizedTest
    @ValueSource(ints = {BLOCK, BLOCK + 8})
    void saysThatTheFileIsNotThereOrCutOff(int length) throws IOException {
        octal("backup_manifest", "the whole list");

        tap.write(tar.toByteArray(), 0, length);

        assertThat(tap.hasFound()).isFalse();
    }

    private void write(int chunk) throws IOException {
        byte[] bytes = tar.toByteArray();
        for (int at = 0; at < bytes.length; at += chunk) {
            tap.write(bytes, at, Math.min(chunk, bytes.length - at));
        }
    }

    private void octal(String name, String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
        tar.write(header(name, String.format(Locale.ROOT, "%011o\0", bytes.length)));
        tar.write(bytes);
        tar.write(new byte[Math.floorMod(-bytes.length, BLOCK)]);
    }

    private static byte[] header(String name, String size) {
        byte[] header = new byte[BLOCK];
        byte[] names = name.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(names, 0, header, 0, names.length);
        System.arraycopy(size.getBytes(StandardCharsets.ISO_8859_1), 0, header, 124, 12);
        return header;
    }
}
