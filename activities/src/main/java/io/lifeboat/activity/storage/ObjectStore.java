package io.lifeboat.activity.storage;

import java.util.List;
import java.util.Optional;

/** Objects in buckets, with compare-and-set. */
public interface ObjectStore {
    Optional<StoredObject> get(String bucket, String key);

    String put(String bucket, String key, byte[] bytes);

    Optional<String> putIfAbsent(String bucket, String key, byte[] bytes);

    Optional<String> putIfMatch(String bucket, String key, byte[] bytes, String etag);

    List<String> list(String bucket, String prefix);
}
