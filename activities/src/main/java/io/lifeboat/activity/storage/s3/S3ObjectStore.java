package io.lifeboat.activity.storage.s3;

import io.lifeboat.activity.storage.ObjectStore;
import io.lifeboat.activity.storage.StoredObject;
import io.lifeboat.workflow.FailureType;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A bucket store behind the S3 API. Every failure is {@code UNAVAILABLE} unless the interface gives it a meaning. */
final class S3ObjectStore implements ObjectStore {
    private static final int PRECONDITION_FAILED = 412;
    /** S3 answers 409 when two conditional writes of one key race (S3 User Guide, conditional writes). */
    private static final int CONFLICT = 409;

    private final S3Client client;
    private final String region;

    S3ObjectStore(S3Client client, String region) {
        this.client = client;
        this.region = region;
    }

    @Override
    public Optional<StoredObject> get(String bucket, String key) {
        return call("read", bucket, key, () -> {
            try {
                ResponseBytes<GetObjectResponse> object =
                        client.getObjectAsBytes(b -> b.bucket(bucket).key(key));
                return Optional.of(
                        new StoredObject(object.asByteArray(), object.response().eTag()));
            } catch (NoSuchKeyException absent) {
                return Optional.empty();
            }
        });
    }

    @Override
    public String put(String bucket, String key, byte[] bytes) {
        return call("write", bucket, key, () -> send(bucket, key, bytes, null, null));
    }

    @Override
    public Optional<String> putIfAbsent(String bucket, String key, byte[] bytes) {
        return call("write", bucket, key, () -> unlessOvertaken(() -> send(bucket, key, bytes, "*", null)));
    }

    @Override
    public Optional<String> putIfMatch(String bucket, String key, byte[] bytes, String etag) {
        return call("write", bucket, key, () -> {
            try {
                return unlessOvertaken(() -> send(bucket, key, bytes, null, etag));
            } catch (NoSuchKeyException deleted) {
                return Optional.empty();
            }
        });
    }

    @Override
    public List<String> list(String bucket, String prefix) {
        return call(
                "list",
                bucket,
                prefix,
                () -> client.listObjectsV2Paginator(b -> b.bucket(bucket).prefix(prefix)).contents().stream()
                        .map(S3Object::key)
                        .toList());
    }

    private String send(
            String bucket, String key, byte[] bytes, @Nullable String ifNoneMatch, @Nullable String ifMatch) {
        PutObjectRequest request = PutObjectRequest.builder()
                .bucket(bucket)
                .key(key)
                .contentType(contentType(key))
                .ifNoneMatch(ifNoneMatch)
                .ifMatch(ifMatch)
                .build();
        return client.putObject(request, RequestBody.fromBytes(bytes)).eTag();
    }

    private static Optional<String> unlessOvertaken(Supplier<String> write) {
        try {
            return Optional.of(write.get());
        } catch (S3Exception refused) {
            if (refused.statusCode() == PRECONDITION_FAILED || refused.statusCode() == CONFLICT) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    private <T> T call(String verb, String bucket, String key, Supplier<T> call) {
        try {
            return call.get();
        } catch (S3Exception refused) {
            throw FailureType.UNAVAILABLE.failure("Cannot " + verb + " \"" + key + "\" in bucket \"" + bucket + "\" in "
                    + region + ": the store answered " + refused.statusCode() + code(refused)
                    + ". Check the bucket's name and the worker's credentials.");
        } catch (SdkException | UncheckedIOException failed) {
            throw FailureType.UNAVAILABLE.failure(
                    "Cannot " + verb + " \"" + key + "\" in bucket \"" + bucket + "\" in " + region
                            + ": the store does not answer. Check that it runs and can be reached from the worker.",
                    failed);
        }
    }

    /** An answer without a body, as proxies give, has no details. */
    private static String code(S3Exception refused) {
        AwsErrorDetails details = refused.awsErrorDetails();
        return details == null ? "" : " " + details.errorCode();
    }

    private static String contentType(String key) {
        String ending = key.substring(key.lastIndexOf('.') + 1);
        return switch (ending) {
            case "json" -> "application/json";
            case "html" -> "text/html; charset=utf-8";
            case "md" -> "text/markdown; charset=utf-8";
            default -> "application/octet-stream";
        };
    }
}
