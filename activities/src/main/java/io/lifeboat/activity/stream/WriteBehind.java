package io.lifeboat.activity.stream;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes in a thread of its own while the caller makes what comes next. A pipe holds 64 KiB: without this, whoever fills it and whoever
 * empties it work by turns. Holds 16 of the pieces it is given. That the target failed is told by a later call, by
 * {@link #close()} at the latest.
 */
public final class WriteBehind extends OutputStream {
    private static final int PIECES = 16;
    private static final int BETWEEN_LOOKS_MILLIS = 100;
    private static final byte[] END = {};

    private final OutputStream target;
    private final BlockingQueue<byte[]> given = new ArrayBlockingQueue<>(PIECES);
    private final FutureTask<Boolean> writing = new FutureTask<>(this::writeAll);
    private final Thread writer;
    private boolean closed;

    /** The target took no more, such as a pipe whose reader has ended. */
    public static final class TargetFailure extends IOException {
        private static final long serialVersionUID = 1L;

        private TargetFailure(@Nullable Throwable cause) {
            super("what was written is not taken any more", cause);
        }
    }

    /** @param target closed with this */
    public WriteBehind(OutputStream target) {
        this.target = target;
        this.writer = Thread.ofVirtual().name("write-behind").start(writing);
    }

    private boolean writeAll() throws IOException, InterruptedException {
        try (target) {
            for (byte[] piece = given.take(); piece.length > 0; piece = given.take()) {
                target.write(piece);
            }
            return true;
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (closed) {
            throw new IOException("the writing has ended");
        }
        if (length > 0) {
            give(Arrays.copyOfRange(bytes, offset, offset + length));
        }
    }

    private void give(byte[] piece) throws IOException {
        try {
            boolean taken = false;
            while (!taken && !writing.isDone()) {
                taken = given.offer(piece, BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            throw interrupted();
        }
        if (writing.isDone()) {
            awaitWritten();
        }
    }

    /** Waits until everything is written; a caller that is interrupted waits no longer. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            give(END);
            awaitWritten();
        } finally {
            writer.interrupt();
        }
    }

    private void awaitWritten() throws IOException {
        try {
            writing.get();
        } catch (ExecutionException e) {
            throw new TargetFailure(e.getCause());
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("interrupted while writing");
    }
}
