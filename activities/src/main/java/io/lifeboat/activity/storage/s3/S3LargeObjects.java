package io.lifeboat.activity.storage.s3;

import io.lifeboat.activity.storage.LargeObjects;
import io.lifeboat.activity.storage.Upload;
import io.lifeboat.runbook.Tiers;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;

/** Large objects behind the S3 API. */
final class S3LargeObjects implements LargeObjects {
    private final S3Client client;
    private final S3Call call;
    private final Optional<LifecycleTiers> tiers;

    S3LargeObjects(S3Client client, String region) {
        this(client, new S3Call(region), Optional.empty());
    }

    private S3LargeObjects(S3Client client, S3Call call, Optional<LifecycleTiers> tiers) {
        this.client = client;
        this.call = call;
        this.tiers = tiers;
    }

    @Override
    public LargeObjects aging(Tiers ages) {
        return new S3LargeObjects(client, call, Optional.of(new LifecycleTiers(ages)));
    }

    @Override
    public void tier(String bucket, Tiers ages) {
        call.run("set the storage tiers of", bucket, "", () -> new LifecycleTiers(ages).addTo(client, bucket));
    }

    @Override
    public Upload create(String bucket, String key, Optional<Lock> lock) {
        // SeaweedFS takes an upload to a bucket that does not exist.
        call.run("write", bucket, key, () -> client.headBucket(b -> b.bucket(bucket)));
        return new S3Upload(client, bucket, key, lock, tiers, call);
    }

    @Override
    public InputStream open(String bucket, String key) {
        return new S3Download(client, bucket, key, call);
    }

    @Override
    public List<ListedObject> list(String bucket, String prefix) {
        return call.of(
                "list",
                bucket,
                prefix,
                () -> client.listObjectsV2Paginator(b -> b.bucket(bucket).prefix(prefix)).contents().stream()
                        .map(object -> new ListedObject(object.key(), object.size(), object.lastModified()))
                        // SeaweedFS lists the folder "a" before the object "a-1".
                        .sorted(Comparator.comparing(ListedObject::key))
                        .toList());
    }

    @Override
    public List<String> folders(String bucket, String prefix) {
        return call.of(
                "list",
                bucket,
                prefix,
                () ->
                        client
                                .listObjectsV2Paginator(
                                        b -> b.bucket(bucket).prefix(prefix).delimiter("/"))
                                .commonPrefixes()
                                .stream()
                                .map(folder -> folder.prefix()
                                        .substring(
                                                prefix.length(), folder.prefix().length() - 1))
                                .sorted()
                                .toList());
    }

    @Override
    public List<ListedObject> list(String bucket, String prefix, String firstFolder, String lastFolder) {
        // Not the folder's own name: SeaweedFS would leave that folder out.
        String before = prefix + firstFolder.substring(0, firstFolder.length() - 1);
        String last = prefix + lastFolder + "/";
        return call.of(
                "list",
                bucket,
                prefix,
                () ->
                        client
                                .listObjectsV2Paginator(
                                        b -> b.bucket(bucket).prefix(prefix).startAfter(before))
                                .contents()
                                .stream()
                                // Pages are fetched as they are needed.
                                .takeWhile(object -> object.key().compareTo(last) <= 0
                                        || object.key().startsWith(last))
                                .filter(object -> object.key().compareTo(prefix + firstFolder) >= 0)
                                .map(object -> new ListedObject(object.key(), object.size(), object.lastModified()))
                                .sorted(Comparator.comparing(ListedObject::key))
                                .toList());
    }

    /** Deletes every version: in a bucket with versions, which Object Lock needs, the plain call would only hide the object. */
    @Override
    public void delete(String bucket, String key) {
        call.run("delete", bucket, key, () -> {
            List<String> versions = versions(bucket, key);
            for (String version : versions) {
                client.deleteObject(b -> b.bucket(bucket).key(key).versionId(version));
            }
        });
    }

    private List<String> versions(String bucket, String key) {
        List<String> versions = new ArrayList<>();
        for (ListObjectVersionsResponse page :
                client.listObjectVersionsPaginator(b -> b.bucket(bucket).prefix(key))) {
            page.versions().stream()
                    .filter(version -> version.key().equals(key))
                    .forEach(version -> versions.add(version.versionId()));
            page.deleteMarkers().stream()
                    .filter(marker -> marker.key().equals(key))
                    .forEach(marker -> versions.add(marker.versionId()));
        }
        return versions;
    }

    @Override
    public List<String> abandon(String bucket, String prefix, Instant begunBefore) {
        return call.of("tidy", bucket, prefix, () -> {
            // All pages first: what is ended meanwhile would move the others across the borders of the pages.
            List<MultipartUpload> begun =
                    client.listMultipartUploadsPaginator(b -> b.bucket(bucket).prefix(prefix)).uploads().stream()
                            .filter(upload -> upload.initiated().isBefore(begunBefore))
                            .toList();
            return begun.stream()
                    .filter(upload -> end(bucket, upload))
                    .map(MultipartUpload::key)
                    .toList();
        });
    }

    private boolean end(String bucket, MultipartUpload upload) {
        try {
            client.abortMultipartUpload(b -> b.bucket(bucket).key(upload.key()).uploadId(upload.uploadId()));
            return true;
        } catch (NoSuchUploadException endedMeanwhile) {
            return false;
        }
    }
}
