package io.lifeboat.activity.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.activity.encryption.CannotOpenException;
import io.lifeboat.activity.manifest.Sums;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComparedInputTest {
    private static final int STRETCH = 10_000;
    private static final byte[] STORED = random(2 * STRETCH + 1000);

    @ParameterizedTest
    @ValueSource(ints = {1, 1000, STRETCH - 1, STRETCH, STRETCH + 1, 2 * STRETCH, 2 * STRETCH + 1000})
    void handsOnWhatWasStored(int length) throws IOException {
        byte[] stored = Arrays.copyOf(STORED, length);
        Sums sums = sums(stored);

        try (ComparedInput input = input(stored, sums)) {
            assertThat(Arrays.equals(input.readAllBytes(), stored)).isTrue();
        }
        assertThat(sums.sealedBeginnings()).hasSize(length / STRETCH);
    }

    /** With the stretch of the format, which stock tools can compare: {@code head -c 16777216 | sha256sum}. */
    @Test
    void beginningsAreTheSumsOfAllUpToEach16MiB() {
        byte[] stored = random((16 << 20) + 5);
        StretchedDigest all = new StretchedDigest();
        all.add(stored, 0, stored.length);
        CountingDigest beginning = new CountingDigest();
        beginning.add(stored, 0, 16_777_216);

        assertThat(all.beginnings()).containsExactly(beginning.sha256());
    }

    @Test
    void beginningIsTheSumOfAllUpToThere() {
        assertThat(sums(STORED).sealedBeginnings())
                .containsExactly(
                        sums(Arrays.copyOf(STORED, STRETCH)).sealedSha256(),
                        sums(Arrays.copyOf(STORED, 2 * STRETCH)).sealedSha256());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, between 0 and 10000",
        "9999, 0, between 0 and 10000",
        "10000, 10000, between 10000 and 20000",
        "15000, 10000, between 10000 and 20000",
        "20999, 20000, between 20000 and 21000"
    })
    void handsOnNothingOfAStretchWithADamagedByte(int damaged, int handedOn, String words) throws IOException {
        byte[] stored = STORED.clone();
        stored[damaged] ^= 1;

        try (ComparedInput input = input(stored, sums(STORED))) {
            assertThat(readUntilItFails(input, "database.dump has other bytes than were stored, " + words))
                    .isEqualTo(handedOn);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1000, STRETCH, STRETCH + 1, 2 * STRETCH + 999})
    void objectThatWasCutOffHasNoEnd(int length) throws IOException {
        try (ComparedInput input = input(Arrays.copyOf(STORED, length), sums(STORED))) {
            assertThat(readUntilItFails(
                            input, "database.dump has " + length + " bytes, and " + STORED.length + " were stored"))
                    .isEqualTo(length / STRETCH * STRETCH);
        }
    }

    @Test
    void objectThatIsLongerHasNoEnd() throws IOException {
        try (ComparedInput input = input(STORED, sums(Arrays.copyOf(STORED, STRETCH + 1)))) {
            assertThat(readUntilItFails(input, "database.dump has more bytes than the 10001 that were stored"))
                    .isEqualTo(STRETCH);
        }
    }

    @Test
    void longObjectWithoutSumsOfItsBeginningIsRefused() throws IOException {
        Sums all = sums(STORED);
        Sums without = new Sums(0, "", all.sealedBytes(), all.sealedSha256(), List.of());

        try (ComparedInput input = input(STORED, without)) {
            assertThat(readUntilItFails(input, "database.dump has no signed SHA-256 of its beginning"))
                    .isZero();
        }
    }

    @Test
    void whatHasBrokenOffIsNotReadOn() throws IOException {
        InputStream breaking = new FilterInputStream(new ByteArrayInputStream(STORED, 0, 1000)) {
            private boolean broken;

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int count = in.read(bytes, offset, length);
                if (count < 0 && !broken) {
                    broken = true;
                    throw new IOException("broken off");
                }
                return count;
            }
        };

        try (ComparedInput input = new ComparedInput("database.dump", breaking, sums(STORED), STRETCH)) {
            assertThat(readUntilItFails(input, "broken off")).isZero();
        }
    }

    @Test
    void neitherIsWhatTheStoreHasNotAnswered() throws IOException {
        InputStream silent = new FilterInputStream(new ByteArrayInputStream(STORED)) {
            private boolean asked;

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                if (!asked) {
                    asked = true;
                    throw new IllegalStateException("no answer");
                }
                return in.read(bytes, offset, length);
            }
        };

        try (ComparedInput input = new ComparedInput("database.dump", silent, sums(STORED), STRETCH)) {
            assertThatThrownBy(input::read).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(input::read).hasMessage("reading database.dump has broken off before");
        }
    }

    private static ComparedInput input(byte[] stored, Sums sums) {
        return new ComparedInput("database.dump", new ByteArrayInputStream(stored), sums, STRETCH);
    }

    /** How many bytes it handed on before; read once more, it must fail again. */
    private static int readUntilItFails(InputStream input, String message) {
        byte[] buffer = new byte[700];
        int[] handedOn = new int[1];
        assertThatThrownBy(() -> {
                    for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
                        handedOn[0] += count;
                    }
                })
                .isInstanceOf(message.startsWith("database.dump") ? CannotOpenException.class : IOException.class)
                .hasMessage(message);
        assertThatThrownBy(input::read).hasMessage(message);
        return handedOn[0];
    }

    private static Sums sums(byte[] stored) {
        StretchedDigest digest = new StretchedDigest(STRETCH);
        // Pieces that end at no border of a stretch.
        for (int done = 0; done < stored.length; done += 999) {
            digest.add(stored, done, Math.min(999, stored.length - done));
        }
        return new Sums(0, "", digest.bytes(), digest.sha256(), digest.beginnings());
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(1).nextBytes(bytes);
        return bytes;
    }
}
