package io.lifeboat.activity.storage.s3;

import io.lifeboat.workflow.FailureType;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Reads an object in pieces of 8 MiB, three of which travel while one is read: 32 MiB of memory, whatever the length of the object. One
 * answer of S3 gives 85 to 90 MB/s at most (Amazon S3 User Guide, "Performance design patterns", which names pieces of 8 to 16 MB); and
 * an answer that breaks off costs a piece, asked for again by the client, and not all that was read in an hour. All pieces are of
 * the one object that was there at the first.
 */
final class S3Download extends InputStream {
    private static final int PIECE = 8 << 20;
    private static final int TRAVELLING = 3;

    /** There is nothing to give a range of: the object is empty. */
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final S3Client client;
    private final String bucket;
    private final String key;
    private final S3Call call;
    private final @Nullable String version;
    private final long length;
    private final Deque<FutureTask<byte[]>> travelling = new ArrayDeque<>();
    private byte[] piece;
    private int position;
    private long asked;
    private boolean closed;

    S3Download(S3Client client, String bucket, String key, S3Call call) {
        this.client = client;
        this.bucket = bucket;
        this.key = key;
        this.call = call;
        ResponseBytes<GetObjectResponse> first = call.of("read", bucket, key, this::first);
        this.piece = first.asByteArrayUnsafe();
        this.asked = piece.length;
        this.length = lengthOfAll(first);
        this.version = first.response().eTag();
        requireRange(first, 0);
        ask();
    }

    private ResponseBytes<GetObjectResponse> first() {
        try {
            return get(0, null);
        } catch (S3Exception refused) {
            if (refused.statusCode() == RANGE_NOT_SATISFIABLE) {
                return ResponseBytes.fromByteArrayUnsafe(
                        GetObjectResponse.builder().build(), new byte[0]);
            }
            throw refused;
        }
    }

    private ResponseBytes<GetObjectResponse> get(long from, @Nullable String expected) {
        return client.getObject(
                b -> b.bucket(bucket)
                        .key(key)
                        .range("bytes=" + from + "-" + (from + PIECE - 1))
                        .ifMatch(expected),
                S3Download::received);
    }

    /** Within the client's call, which asks again where the answer breaks off. */
    private static ResponseBytes<GetObjectResponse> received(GetObjectResponse answer, InputStream body) {
        // Of a store that gives the whole object instead, one byte more than a piece is enough to see it.
        int atMost = PIECE + 1;
        Long announced = answer.contentLength();
        try {
            return ResponseBytes.fromByteArrayUnsafe(
                    answer, announced == null ? body.readNBytes(atMost) : all(body, (int) Math.min(announced, atMost)));
        } catch (IOException brokenOff) {
            throw RetryableException.create("the answer broke off", brokenOff);
        }
    }

    private static byte[] all(InputStream body, int length) throws IOException {
        byte[] bytes = new byte[length];
        int count = body.readNBytes(bytes, 0, length);
        if (count < length) {
            throw new EOFException("the answer ended after " + count + " of " + length + " bytes");
        }
        return bytes;
    }

    /** Behind the slash of, for instance, {@code bytes 0-8388607/41955385} (RFC 9110, 14.4). */
    private static long lengthOfAll(ResponseBytes<GetObjectResponse> first) {
        String range = first.response().contentRange();
        return range == null
                ? first.asByteArrayUnsafe().length
                : Long.parseLong(range.substring(range.indexOf('/') + 1));
    }

    private void requireRange(ResponseBytes<GetObjectResponse> got, long from) {
        String range = got.response().contentRange();
        String wanted = "bytes " + from + "-" + (Math.min(from + PIECE, length) - 1) + "/" + length;
        boolean whole = range == null && from == 0 && length <= PIECE;
        if (!whole && !wanted.equals(range)) {
            throw FailureType.PRECONDITION_FAILED.failure("Cannot read \"" + key + "\" in bucket \"" + bucket
                    + "\": the store was asked for " + wanted + " and gave "
                    + (range == null ? "all" : range)
                    + ". Use a store that gives ranges of objects, as S3 does.");
        }
    }

    private void ask() {
        while (asked < length && travelling.size() < TRAVELLING) {
            long from = asked;
            FutureTask<byte[]> arriving = new FutureTask<>(() -> next(from));
            travelling.add(arriving);
            Thread.ofVirtual().name("piece-" + from).start(arriving);
            asked += Math.min(PIECE, length - asked);
        }
    }

    private byte[] next(long from) {
        ResponseBytes<GetObjectResponse> next = call.of("read", bucket, key, () -> get(from, version));
        requireSame(next);
        requireRange(next, from);
        return next.asByteArrayUnsafe();
    }

    /** For a store that passes over the condition. */
    private void requireSame(ResponseBytes<GetObjectResponse> got) {
        if (!Objects.equals(got.response().eTag(), version)) {
            throw FailureType.UNAVAILABLE.failure("Cannot read \"" + key + "\" in bucket \"" + bucket
                    + "\": the object was replaced while it was read. Read it again.");
        }
    }

    @Override
    public int read() throws IOException {
        return isAtEnd() ? -1 : piece[position++] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int wanted) throws IOException {
        if (wanted == 0) {
            return 0;
        }
        if (isAtEnd()) {
            return -1;
        }
        int count = Math.min(wanted, piece.length - position);
        System.arraycopy(piece, position, bytes, offset, count);
        position += count;
        return count;
    }

    private boolean isAtEnd() throws IOException {
        if (closed) {
            throw new IOException("the reading of \"" + key + "\" has ended");
        }
        if (position == piece.length && !travelling.isEmpty()) {
            // A piece that did not come stays the next one, so that nothing behind it is taken for it.
            piece = Transfer.await(travelling.element(), "a piece was read");
            position = 0;
            travelling.remove();
            ask();
        }
        return position == piece.length;
    }

    @Override
    public void close() {
        closed = true;
        travelling.forEach(arriving -> arriving.cancel(true));
        travelling.clear();
    }
}
