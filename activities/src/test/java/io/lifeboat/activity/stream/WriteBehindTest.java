package io.lifeboat.activity.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class WriteBehindTest {
    private final byte[] bytes = random(1_000_000);

    @Test
    void everythingIsWrittenInOrderWhenItIsClosed() throws IOException {
        ByteArrayOutputStream target = new ByteArrayOutputStream();

        try (WriteBehind out = new WriteBehind(target)) {
            out.write(bytes[0]);
            for (int done = 1; done < bytes.length; done += 777) {
                out.write(bytes, done, Math.min(777, bytes.length - done));
            }
        }

        assertThat(target.toByteArray()).isEqualTo(bytes);
    }

    @Test
    void callerMayChangeItsBufferAtOnce() throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        ByteArrayOutputStream target = new ByteArrayOutputStream() {
            @Override
            public void write(byte[] given) throws IOException {
                awaitUninterruptibly(free);
                super.write(given);
            }
        };
        byte[] buffer = {1, 2, 3};

        try (WriteBehind out = new WriteBehind(target)) {
            out.write(buffer);
            buffer[0] = 9;
            free.countDown();
        }

        assertThat(target.toByteArray()).containsExactly(1, 2, 3);
    }

    @Test
    void targetIsClosedWithIt() throws IOException {
        boolean[] closed = new boolean[1];
        OutputStream target = new ByteArrayOutputStream() {
            @Override
            public void close() {
                closed[0] = true;
            }
        };

        new WriteBehind(target).close();

        assertThat(closed[0]).isTrue();
    }

    @Test
    void failureOfTheTargetIsToldWhileItIsWrittenOn() throws IOException {
        WriteBehind out = new WriteBehind(withoutReader());

        assertThatThrownBy(() -> {
                    while (true) {
                        out.write(bytes);
                    }
                })
                .isInstanceOf(WriteBehind.TargetFailure.class)
                .hasCauseInstanceOf(IOException.class);
        assertThatThrownBy(out::close).isInstanceOf(WriteBehind.TargetFailure.class);
        out.close();
    }

    @Test
    void failureOfTheLastBytesIsToldWhenItIsClosed() throws IOException {
        WriteBehind out = new WriteBehind(withoutReader());

        assertThatThrownBy(() -> {
                    out.write(1);
                    out.close();
                })
                .isInstanceOf(WriteBehind.TargetFailure.class);
    }

    @Test
    void failureOfAnyKindIsTold() {
        WriteBehind out = new WriteBehind(new ByteArrayOutputStream() {
            @Override
            public void write(byte[] given) {
                throw new IllegalStateException("no room");
            }
        });

        assertThatThrownBy(() -> {
                    out.write(bytes);
                    out.close();
                })
                .isInstanceOf(WriteBehind.TargetFailure.class)
                .hasRootCauseMessage("no room");
    }

    @Test
    void nothingIsTakenAfterTheEnd() throws IOException {
        WriteBehind out = new WriteBehind(new ByteArrayOutputStream());
        out.close();

        assertThatThrownBy(() -> out.write(bytes))
                .isInstanceOf(IOException.class)
                .hasMessage("the writing has ended");
    }

    @Test
    void interruptedCallerDoesNotWaitForATargetThatTakesNothing() throws Exception {
        try (PipedInputStream full = new PipedInputStream()) {
            WriteBehind out = new WriteBehind(new PipedOutputStream(full));
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> {
                        while (true) {
                            out.write(bytes);
                        }
                    })
                    .isInstanceOf(InterruptedIOException.class);
            assertThatThrownBy(out::close).isInstanceOf(InterruptedIOException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void interruptedCallerDoesNotWaitForTheLastBytesEither() throws Exception {
        try (PipedInputStream full = new PipedInputStream()) {
            WriteBehind out = new WriteBehind(new PipedOutputStream(full));
            out.write(bytes);
            Thread caller = Thread.currentThread();
            Thread interrupting = Thread.ofPlatform().start(() -> {
                while (caller.getState() != Thread.State.WAITING) {
                    Thread.onSpinWait();
                }
                caller.interrupt();
            });

            assertThatThrownBy(out::close).isInstanceOf(InterruptedIOException.class);

            assertThat(Thread.interrupted()).isTrue();
            interrupting.join();
        }
    }

    private static PipedOutputStream withoutReader() throws IOException {
        PipedInputStream reader = new PipedInputStream();
        PipedOutputStream pipe = new PipedOutputStream(reader);
        reader.close();
        return pipe;
    }

    private static void awaitUninterruptibly(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(1).nextBytes(bytes);
        return bytes;
    }
}
