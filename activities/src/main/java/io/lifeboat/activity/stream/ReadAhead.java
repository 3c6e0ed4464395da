package io.lifeboat.activity.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Reads in a thread of its own while the caller works on what came before: 1 MiB ahead at most. Fails where and as its source failed,
 * once everything before it was read, and from then on.
 */
final class ReadAhead extends InputStream {
    private static final int PIECE = 1 << 17;
    private static final int PIECES = 8;

    /** A source that is read over a network ends at an interruption; one that does not is closed under its reader. */
    private static final Duration TO_END = Duration.ofSeconds(5);

    private final InputStream source;
    private final BlockingQueue<Piece> read = new ArrayBlockingQueue<>(PIECES);
    private final Thread reader;
    private Piece piece = new Piece(new byte[0], 0, null);
    private int position;
    private boolean closed;

    /**
     * What was read at once.
     *
     * @param length of what is in it; less than 0 at the end, for which there may be a reason
     */
    @SuppressWarnings("ArrayRecordComponent") // passed on and never compared
    private record Piece(byte[] bytes, int length, @Nullable Throwable failure) {
        static Piece end(@Nullable Throwable failure) {
            return new Piece(new byte[0], -1, failure);
        }
    }

    /** @param source read by another thread until this is at its end or closed; closed with this */
    ReadAhead(InputStream source) {
        this.source = source;
        this.reader = Thread.ofPlatform().daemon().name("read-ahead").start(this::readAll);
    }

    /** For tests. */
    Thread reader() {
        return reader;
    }

    private void readAll() {
        try {
            read.put(readUntilTheEnd());
        } catch (InterruptedException closing) {
            // Nobody waits for more.
        }
    }

    private Piece readUntilTheEnd() throws InterruptedException {
        try {
            byte[] bytes = new byte[PIECE];
            for (int count = source.read(bytes); count >= 0; count = source.read(bytes)) {
                read.put(new Piece(bytes, count, null));
                bytes = new byte[PIECE];
            }
            return Piece.end(null);
        } catch (IOException
                | RuntimeException
                | Error failure) { // for the caller, whose thread is the one that is watched
            return Piece.end(failure);
        }
    }

    @Override
    public int read() throws IOException {
        return isAtEnd() ? -1 : piece.bytes()[position++] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int wanted) throws IOException {
        if (wanted == 0) {
            return 0;
        }
        if (isAtEnd()) {
            return -1;
        }
        int count = Math.min(wanted, piece.length() - position);
        System.arraycopy(piece.bytes(), position, bytes, offset, count);
        position += count;
        return count;
    }

    @Override
    public int available() {
        return Math.max(piece.length() - position, 0);
    }

    private boolean isAtEnd() throws IOException {
        if (closed) {
            throw new IOException("the reading has ended");
        }
        while (piece.length() >= 0 && position == piece.length()) {
            piece = next();
            position = 0;
        }
        if (piece.failure() != null) {
            throw asIOException(piece.failure());
        }
        return piece.length() < 0;
    }

    private Piece next() throws InterruptedIOException {
        try {
            return read.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading");
        }
    }

    private static IOException asIOException(Throwable failure) {
        switch (failure) {
            case RuntimeException unchecked -> throw unchecked;
            case Error error -> throw error;
            case IOException ours -> {
                return ours;
            }
            default -> throw new IllegalStateException(failure);
        }
    }

    /** Ends the reading, however far it is. */
    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            reader.interrupt();
            awaitReader();
            source.close();
        }
    }

    private void awaitReader() {
        boolean interrupted = Thread.interrupted();
        try {
            reader.join(TO_END);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
