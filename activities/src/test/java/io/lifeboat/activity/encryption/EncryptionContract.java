package io.lifeboat.activity.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link Encryption} promises. */
public abstract class EncryptionContract {
    /** Seals, and opens nothing. */
    protected abstract Encryption sealing();

    /** Opens with the key of one holder alone. */
    protected abstract Encryption opening(String holder);

    /** Has a key that is none of the holders'. */
    protected abstract Encryption stranger();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 1_000_000})
    void eachHolderAloneOpensWhatWasSealed(int length) throws IOException {
        byte[] plain = bytes(length);
        byte[] sealed = seal(plain);

        for (String holder : sealing().holders()) {
            assertThat(open(opening(holder), sealed)).as(holder).isEqualTo(plain);
        }
    }

    @Test
    void sealedBytesDoNotShowThePlainOnesAndDifferEachTime() throws IOException {
        byte[] plain = new byte[100_000];

        byte[] once = seal(plain);
        byte[] again = seal(plain);

        assertThat(once).isNotEqualTo(again);
        assertThat(longestRunOfZeros(once)).isLessThan(16);
    }

    @Test
    void strangerCannotOpen() throws IOException {
        byte[] sealed = seal(bytes(1000));

        assertThatThrownBy(() -> open(stranger(), sealed)).isInstanceOf(NoFittingKeyException.class);
    }

    @Test
    void anyChangedByteIsNoticed() throws IOException {
        byte[] sealed = seal(bytes(200_000));
        Random random = new Random(7);

        for (int i = 0; i < 60; i++) {
            byte[] changed = sealed.clone();
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
            assertThatThrownBy(() -> open(opening("us-west-2"), changed)).isInstanceOf(CannotOpenException.class);
        }
    }

    @Test
    void anyMissingEndIsNoticed() throws IOException {
        byte[] sealed = seal(bytes(200_000));
        Random random = new Random(8);

        for (int i = 0; i < 40; i++) {
            byte[] cut = Arrays.copyOf(sealed, random.nextInt(sealed.length));
            assertThatThrownBy(() -> open(opening("us-west-2"), cut)).isInstanceOf(CannotOpenException.class);
        }
    }

    @Test
    void whatWasNotEndedCannotBeOpened() throws IOException {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        OutputStream stream = sealing().seal(target);
        stream.write(bytes(500_000));

        assertThatThrownBy(() -> open(opening("us-west-2"), target.toByteArray()))
                .isInstanceOf(CannotOpenException.class);
    }

    private byte[] seal(byte[] plain) throws IOException {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        try (OutputStream stream = sealing().seal(target)) {
            stream.write(plain);
        }
        return target.toByteArray();
    }

    private static byte[] open(Encryption encryption, byte[] sealed) throws IOException {
        try (var stream = encryption.open(new ByteArrayInputStream(sealed))) {
            return stream.readAllBytes();
        }
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static int longestRunOfZeros(byte[] bytes) {
        int longest = 0;
        int run = 0;
        for (byte b : bytes) {
            run = b == 0 ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }
}
