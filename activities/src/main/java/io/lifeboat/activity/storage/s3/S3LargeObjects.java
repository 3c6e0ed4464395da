package io.lifeboat.activity.storage.s3;

import io.lifeboat.activity.storage.LargeObjects;
import io.lifeboat.activity.storage.Upload;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/** Large objects behind the S3 API. */
final class S3LargeObjects implements LargeObjects {
    private final S3Client client;
    private final S3Call call;

    S3LargeObjects(S3Client client, String region) {
        this.client = client;
        this.call = new S3Call(region);
    }

    @Override
    public Upload create(String bucket, String key, Optional<Lock> lock) {
        return new S3Upload(client, bucket, key, lock, call);
    }

    @Override
    public InputStream open(String bucket, String key) {
        return call.of(
                "read",
                bucket,
                key,
                () -> client.getObject(b -> b.bucket(bucket).key(key)));
    }

    @Override
    public List<ListedObject> list(String bucket, String prefix) {
        return call.of(
                "list",
                bucket,
                prefix,
                () -> client.listObjectsV2Paginator(b -> b.bucket(bucket).prefix(prefix)).contents().stream()
                        .map(object -> new ListedObject(object.key(), object.size(), object.lastModified()))
                        .toList());
    }

    @Override
    public void delete(String bucket, String key) {
        call.of(
                "delete",
                bucket,
                key,
                () -> client.deleteObject(b -> b.bucket(bucket).key(key)));
    }

    @Override
    public List<String> abandon(String bucket, String prefix, Instant begunBefore) {
        return call.of(
                "tidy",
                bucket,
                prefix,
                () -> client.listMultipartUploads(b -> b.bucket(bucket).prefix(prefix)).uploads().stream()
                        .filter(upload -> upload.initiated().isBefore(begunBefore))
                        .map(upload -> end(bucket, upload))
                        .toList());
    }

    private String end(String bucket, MultipartUpload upload) {
        client.abortMultipartUpload(b -> b.bucket(bucket).key(upload.key()).uploadId(upload.uploadId()));
        return upload.key();
    }
}
