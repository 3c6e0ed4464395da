package io.lifeboat.activity.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.activity.encryption.CannotOpenException;
import io.lifeboat.activity.encryption.Encryption;
import io.lifeboat.activity.encryption.age.AgeEncryption;
import io.lifeboat.activity.encryption.age.AgeKeys;
import io.lifeboat.activity.manifest.Sums;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedStreamTest {
    private final AgeKeys keys = AgeKeys.generate();
    private final Encryption encryption = new AgeEncryption(Map.of("here", keys.recipient()), List.of(keys.identity()));
    private final ByteArrayOutputStream stored = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100_000, 3_000_000})
    void givesBackWhatWasWrittenWithTheSumsOfBothSides(int length) throws Exception {
        byte[] plain = text(length);

        Sums sums = write(plain);

        assertThat(read(stored.toByteArray(), sums)).isEqualTo(plain);
        assertThat(sums)
                .isEqualTo(
                        new Sums(plain.length, sha256(plain), stored.size(), sha256(stored.toByteArray()), List.of()));
    }

    @Test
    void compresses() throws IOException {
        Sums sums = write(text(3_000_000));

        assertThat(sums.sealedBytes()).isLessThan(sums.plainBytes() / 2);
    }

    @Test
    void failsInPlaceOfTheEndWhenTheManifestSaysOtherwise() throws IOException {
        Sums sums = write(text(1000));
        Sums other = new Sums(
                sums.plainBytes(), "0".repeat(64), sums.sealedBytes(), sums.sealedSha256(), sums.sealedBeginnings());

        assertThatThrownBy(() -> read(stored.toByteArray(), other))
                .isInstanceOf(CannotOpenException.class)
                .hasMessageContaining("0".repeat(64));
    }

    @Test
    void leavesTheSumToAReaderWhoComparesHimselfAndCountsTheBytes() throws IOException {
        byte[] plain = text(1000);
        Sums sums = write(plain);
        Sums otherSum = new Sums(1000, "0".repeat(64), sums.sealedBytes(), sums.sealedSha256(), List.of());
        Sums otherLength = new Sums(1001, sums.plainSha256(), sums.sealedBytes(), sums.sealedSha256(), List.of());

        assertThat(read(stored.toByteArray(), otherSum, PlainComparison.BY_READER))
                .isEqualTo(plain);
        assertThatThrownBy(() -> read(stored.toByteArray(), otherLength, PlainComparison.BY_READER))
                .isInstanceOf(CannotOpenException.class)
                .hasMessageContaining("1000 bytes")
                .hasMessageContaining("1001");
    }

    @Test
    void failsWhenSomethingWasAppended() throws IOException {
        Sums sums = write(text(1000));
        byte[] longer = Arrays.copyOf(stored.toByteArray(), stored.size() + 1);

        assertThatThrownBy(() -> read(longer, sums)).isInstanceOf(CannotOpenException.class);
    }

    @Test
    void nothingMoreIsStoredOnceItWasGivenUp() throws IOException {
        SealedOutput output = new SealedOutput(encryption, stored);
        output.write(text(3_000_000));
        int before = stored.size();

        output.close();

        assertThat(stored.size()).isEqualTo(before);
        assertThatThrownBy(() -> encryption
                        .open(new ByteArrayInputStream(stored.toByteArray()))
                        .readAllBytes())
                .isInstanceOf(CannotOpenException.class);
    }

    private Sums write(byte[] plain) throws IOException {
        try (SealedOutput output = new SealedOutput(encryption, stored)) {
            output.write(plain);
            return output.finish();
        }
    }

    private byte[] read(byte[] sealed, Sums expected) throws IOException {
        return read(sealed, expected, PlainComparison.BY_SUM);
    }

    private byte[] read(byte[] sealed, Sums expected, PlainComparison comparison) throws IOException {
        try (SealedInput input =
                new SealedInput("database.dump", encryption, new ByteArrayInputStream(sealed), expected, comparison)) {
            return input.readAllBytes();
        }
    }

    /** Compressible, as COPY output is. */
    private static byte[] text(int length) {
        StringBuilder text = new StringBuilder();
        Random random = new Random(1);
        while (text.length() < length) {
            text.append(random.nextInt(1000)).append("\torder placed\n");
        }
        return text.substring(0, length).getBytes(StandardCharsets.US_ASCII);
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
