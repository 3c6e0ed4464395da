package io.lifeboat.activity.database.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.BackupException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is unpacked is compared with the list at the tar's end. The sums are those of RFC 3720, B.4, and of "123456789". */
class BaseSumsTest {
    private static final String ZEROS = "aa36918a";
    private static final String DIGITS = "839206e3";

    @TempDir
    private Path folder;

    private final TestTar tar = new TestTar();

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 512, 65_536})
    void acceptsFilesThatAreAsTheListSays(int chunk) throws IOException {
        tar.add("base/1/", "");
        tar.add("base/1/zeros", "\0".repeat(32));
        tar.add("base/1/empty", "");
        tar.add("digits", "123456789");
        tar.add("caf\u00e9", "123456789");
        tar.add("pg_wal/000000010000000000000002", "in no list");
        tar.add(new byte[2 * TestTar.BLOCK]);

        BaseSums sums = read(chunk);

        assertThatCode(() -> sums.requireListed(list(
                        listed("base/1/zeros", ZEROS),
                        listed("base/1/empty", "00000000"),
                        listed("digits", DIGITS),
                        // Bytes that are not UTF-8.
                        "{\"Encoded-Path\": \"636166e9\", \"Checksum-Algorithm\": \"CRC32C\", \"Checksum\": \"" + DIGITS
                                + "\"}")))
                .doesNotThrowAnyException();
    }

    @Test
    void namesWhatIsOtherMissingOrNotSummed() throws IOException {
        tar.add("zeros", "\0".repeat(31) + "\1");
        tar.add("digits", "123456789");
        tar.add("more", "more");

        BaseSums sums = read(512);

        assertCorrupt(
                        sums,
                        list(
                                listed("zeros", ZEROS),
                                listed("gone", DIGITS),
                                "{\"Path\": \"digits\", \"Size\": 9}",
                                listed("more", ZEROS)))
                .hasMessageContaining("zeros has CRC-32C ")
                .hasMessageContaining(", and its list says " + ZEROS)
                .hasMessageContaining("gone is in its list and not in its tar")
                .hasMessageContaining("its list has no CRC-32C of digits")
                .hasMessageContaining("; and 1 more. Use its copy in the other region");
    }

    @Test
    void aFileThatIsCutOffIsOther() throws IOException {
        tar.add("digits", "123456789");
        BaseSums sums = new BaseSums("B");

        sums.add(tar.bytes(), 0, TestTar.BLOCK + 8);

        assertCorrupt(sums, list(listed("digits", DIGITS))).hasMessageContaining("digits has CRC-32C ");
    }

    @Test
    void aListThatIsNotThereOrNoneIsDamage() throws IOException {
        BaseSums sums = new BaseSums("B");

        assertCorrupt(sums, folder.resolve("none")).hasMessageContaining("its list of files cannot be read");
        assertCorrupt(sums, Files.writeString(folder.resolve("cut"), "{\"Files\": [{\"Path\": "))
                .hasMessageContaining("its list of files cannot be read");
    }

    private BaseSums read(int chunk) throws IOException {
        BaseSums sums = new BaseSums("B");
        byte[] bytes = tar.bytes();
        for (int at = 0; at < bytes.length; at += chunk) {
            sums.add(bytes, at, Math.min(chunk, bytes.length - at));
        }
        return sums;
    }

    private static AbstractThrowableAssert<?, ?> assertCorrupt(BaseSums sums, Path list) {
        return assertThatThrownBy(() -> sums.requireListed(list))
                .isInstanceOfSatisfying(
                        BackupException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CORRUPT))
                .hasMessageStartingWith("The files of backup B are not what was copied: ");
    }

    private Path list(String... files) throws IOException {
        return Files.writeString(
                folder.resolve("backup_manifest"),
                "{\"PostgreSQL-Backup-Manifest-Version\": 2, \"Files\": [" + String.join(",\n", files)
                        + "], \"WAL-Ranges\": [{\"Timeline\": 1}], \"Manifest-Checksum\": \"00\"}",
                StandardCharsets.UTF_8);
    }

    private static String listed(String path, String checksum) {
        return "{\"Path\": \"" + path
                + "\", \"Size\": 32, \"Last-Modified\": \"2026-11-21 02:00:00 GMT\", \"Checksum-Algorithm\": \"CRC32C\","
                + " \"Checksum\": \"" + checksum + "\"}";
    }
}
