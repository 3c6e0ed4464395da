package io.lifeboat.activity.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadAheadTest {
    private final byte[] bytes = random(5_000_000);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 131_072, 5_000_000})
    void everythingIsReadInOrder(int length) throws IOException {
        byte[] expected = Arrays.copyOf(bytes, length);

        try (ReadAhead in = new ReadAhead(new ByteArrayInputStream(expected))) {
            assertThat(in.readAllBytes()).isEqualTo(expected);
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @Test
    void singleBytesAndPiecesMayAlternate() throws IOException {
        ByteArrayOutputStream seen = new ByteArrayOutputStream();

        try (ReadAhead in = new ReadAhead(new ByteArrayInputStream(bytes))) {
            for (int one = in.read(); one >= 0; one = in.read()) {
                seen.write(one);
                seen.write(in.readNBytes(77_777));
            }
        }

        assertThat(seen.toByteArray()).isEqualTo(bytes);
    }

    @Test
    void failureIsToldInItsPlaceAndFromThenOn() throws IOException {
        IOException failure = new IOException("damaged");

        try (ReadAhead in = new ReadAhead(failingAfter(300_000, failure))) {
            assertThat(in.readNBytes(300_000)).hasSize(300_000);
            assertThatThrownBy(in::read).isSameAs(failure);
            assertThatThrownBy(in::readAllBytes).isSameAs(failure);
        }
    }

    @Test
    void failureOfTheStoreIsToldAsItIs() throws IOException {
        IllegalStateException failure = new IllegalStateException("the store refuses");

        try (ReadAhead in = new ReadAhead(failingAfter(0, failure))) {
            assertThatThrownBy(in::read).isSameAs(failure);
        }
    }

    @Test
    void sourceIsReadNoFurtherThanThereIsRoom() throws Exception {
        Counted source = new Counted(new ByteArrayInputStream(bytes));

        try (ReadAhead in = new ReadAhead(source)) {
            while (in.reader().getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }

            assertThat(source.count.get()).isLessThanOrEqualTo(9 * 131_072);
        }
    }

    @Test
    void closingEndsTheReadingAndClosesTheSource() throws Exception {
        Counted source = new Counted(new ByteArrayInputStream(bytes));
        ReadAhead in = new ReadAhead(source);
        Thread reader = in.reader();

        in.close();
        in.close();

        assertThat(reader.isAlive()).isFalse();
        assertThat(source.closed).isEqualTo(1);
        assertThatThrownBy(in::read).isInstanceOf(IOException.class).hasMessage("the reading has ended");
    }

    @Test
    void closingDoesNotWaitForASourceThatGivesNothing() throws Exception {
        try (PipedInputStream empty = new PipedInputStream();
                PipedOutputStream open = new PipedOutputStream(empty)) {
            ReadAhead in = new ReadAhead(empty);

            in.close();

            assertThat(in.reader().isAlive()).isFalse();
            assertThat(open).isNotNull();
        }
    }

    @Test
    void interruptedCallerDoesNotWaitForASourceThatGivesNothing() throws Exception {
        try (PipedInputStream empty = new PipedInputStream();
                PipedOutputStream open = new PipedOutputStream(empty);
                ReadAhead in = new ReadAhead(empty)) {
            Thread.currentThread().interrupt();

            assertThatThrownBy(in::read).isInstanceOf(InterruptedIOException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(open).isNotNull();
        }
    }

    private InputStream failingAfter(int count, Exception failure) {
        return new FilterInputStream(new ByteArrayInputStream(bytes, 0, count)) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                int got = super.read(target, offset, length);
                if (got < 0 && failure instanceof IOException damaged) {
                    throw damaged;
                }
                if (got < 0) {
                    throw (RuntimeException) failure;
                }
                return got;
            }
        };
    }

    private static final class Counted extends FilterInputStream {
        private final AtomicLong count = new AtomicLong();
        private int closed;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int got = super.read(target, offset, length);
            count.addAndGet(got);
            return got;
        }

        @Override
        public void close() throws IOException {
            closed++;
            super.close();
        }
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(1).nextBytes(bytes);
        return bytes;
    }
}
