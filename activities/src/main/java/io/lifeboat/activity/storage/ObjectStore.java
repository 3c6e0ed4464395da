package io.lifeboat.activity.storage;

import java.util.List;
import java.util.Optional;

/**
 * Objects in buckets, with compare-and-set. An etag names one version of an object. Every call is bounded and fails with
 * {@code UNAVAILABLE} when its outcome is not known.
 */
public interface ObjectStore {
    Optional<StoredObject> get(String bucket, String key);

    /** Writes whatever was there before; returns the new etag. */
    String put(String bucket, String key, byte[] bytes);

    /** Writes only where there is no such object; returns the new etag, empty where there was one. */
    Optional<String> putIfAbsent(String bucket, String key, byte[] bytes);

    /** Writes only over the version of that etag; returns the new etag, empty where it was another version. */
    Optional<String> putIfMatch(String bucket, String key, byte[] bytes, String etag);

    /** The keys that begin with a prefix, in ascending order. */
    List<String> list(String bucket, String prefix);
}
