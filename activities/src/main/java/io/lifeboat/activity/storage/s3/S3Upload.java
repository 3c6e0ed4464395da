package io.lifeboat.activity.storage.s3;

import io.lifeboat.activity.storage.LargeObjects.Lock;
import io.lifeboat.activity.storage.Upload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/**
 * A multipart upload whose every part carries its SHA-256, which the store compares. Two parts travel while the third is filled:
 * the memory it takes is three parts, as large as {@link PartSize} says, whatever the length of the object.
 */
final class S3Upload extends Upload {
    private static final int TRAVELLING = 2;
    private static final byte[] NONE = {};
    private static final Duration LAST_BYTES = Duration.ofSeconds(5);

    private final S3Client client;
    private final String bucket;
    private final String key;
    private final S3Call call;
    private final String id;
    private final Deque<Travelling> travelling = new ArrayDeque<>();
    private final List<CompletedPart> arrived = new ArrayList<>();
    private byte[] filling = NONE;
    private int filled;
    private int number = 1;
    private boolean ended;

    S3Upload(
            S3Client client,
            String bucket,
            String key,
            Optional<Lock> lock,
            Optional<LifecycleTiers> tiers,
            S3Call call) {
        this.client = client;
        this.bucket = bucket;
        this.key = key;
        this.call = call;
        this.id = call.of(
                "write",
                bucket,
                key,
                () -> client.createMultipartUpload(request(bucket, key, lock, tiers))
                        .uploadId());
    }

    private static CreateMultipartUploadRequest request(
            String bucket, String key, Optional<Lock> lock, Optional<LifecycleTiers> tiers) {
        CreateMultipartUploadRequest.Builder request = CreateMultipartUploadRequest.builder()
                .bucket(bucket)
                .key(key)
                .checksumAlgorithm(ChecksumAlgorithm.SHA256);
        lock.ifPresent(
                l -> request.objectLockMode(ObjectLockMode.fromValue(l.mode().name()))
                        .objectLockRetainUntilDate(l.until()));
        tiers.map(LifecycleTiers::tagging).ifPresent(request::tagging);
        return request.build();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (ended) {
            throw new IOException("the upload of \"" + key + "\" has ended");
        }
        int done = 0;
        while (done < length) {
            if (filling.length == 0) {
                filling = new byte[PartSize.bytes(number)];
            }
            int some = Math.min(length - done, filling.length - filled);
            System.arraycopy(bytes, offset + done, filling, filled, some);
            filled += some;
            done += some;
            if (filled == filling.length) {
                send();
            }
        }
    }

    @Override
    public void complete() throws IOException {
        if (ended) {
            throw new IOException("the upload of \"" + key + "\" has ended");
        }
        if (filled > 0 || number == 1) {
            send();
        }
        while (!travelling.isEmpty()) {
            awaitOldest();
        }
        call.of(
                "write",
                bucket,
                key,
                () -> client.completeMultipartUpload(
                        b -> b.bucket(bucket).key(key).uploadId(id).multipartUpload(m -> m.parts(arrived))));
        ended = true;
    }

    @Override
    public void close() {
        if (ended) {
            return;
        }
        ended = true;
        travelling.forEach(part -> part.sent().cancel(true));
        // A part that arrives after the end of its upload would stay in the store for good.
        travelling.forEach(Travelling::awaitEnd);
        travelling.clear();
        filling = NONE;
        // What cannot be ended now is abandoned by the next run.
        call.quietly(
                () -> client.abortMultipartUpload(b -> b.bucket(bucket).key(key).uploadId(id)));
    }

    private void send() throws IOException {
        if (number > PartSize.MOST_PARTS) {
            throw new IOException("the object is too large: S3 takes no more than " + PartSize.MOST_PARTS + " parts");
        }
        if (travelling.size() == TRAVELLING) {
            awaitOldest();
        }
        byte[] content = filling;
        int length = filled;
        int part = number;
        FutureTask<CompletedPart> sending = new FutureTask<>(() -> send(part, content, length));
        travelling.add(
                new Travelling(sending, Thread.ofVirtual().name("part-" + part).start(sending)));
        number++;
        filled = 0;
        filling = NONE;
    }

    private CompletedPart send(int part, byte[] content, int length) {
        String sha256 = sha256(content, length);
        UploadPartRequest request = UploadPartRequest.builder()
                .bucket(bucket)
                .key(key)
                .uploadId(id)
                .partNumber(part)
                .checksumSHA256(sha256)
                .build();
        String etag = call.of(
                "write",
                bucket,
                key,
                () -> client.uploadPart(request, body(content, length)).eTag());
        return CompletedPart.builder()
                .partNumber(part)
                .eTag(etag)
                .checksumSHA256(sha256)
                .build();
    }

    /** Not {@code RequestBody.fromBytes}, which copies the part. */
    private static RequestBody body(byte[] content, int length) {
        return RequestBody.fromContentProvider(
                () -> new ByteArrayInputStream(content, 0, length), length, "application/octet-stream");
    }

    private void awaitOldest() throws IOException {
        arrived.add(Transfer.await(travelling.element().sent(), "a part was sent"));
        travelling.remove();
    }

    private static String sha256(byte[] content, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(content, 0, length);
            return Base64.getEncoder().encodeToString(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }

    /** A part on its way, and who sends it. */
    private record Travelling(FutureTask<CompletedPart> sent, Thread sender) {
        void awaitEnd() {
            try {
                sender.join(LAST_BYTES);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
