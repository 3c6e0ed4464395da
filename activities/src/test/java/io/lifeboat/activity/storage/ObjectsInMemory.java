package io.lifeboat.activity.storage;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** An object store in memory; an etag is the number of the write. */
public final class ObjectsInMemory implements ObjectStore {
    private final Map<String, StoredObject> objects = new ConcurrentSkipListMap<>();
    private final AtomicLong writes = new AtomicLong();

    @Override
    public Optional<StoredObject> get(String bucket, String key) {
        return Optional.ofNullable(objects.get(bucket + "/" + key));
    }

    @Override
    public String put(String bucket, String key, byte[] bytes) {
        String etag = Long.toString(writes.incrementAndGet());
        objects.put(bucket + "/" + key, new StoredObject(bytes, etag));
        return etag;
    }

    @Override
    public synchronized Optional<String> putIfAbsent(String bucket, String key, byte[] bytes) {
        return get(bucket, key).isPresent() ? Optional.empty() : Optional.of(put(bucket, key, bytes));
    }

    @Override
    public synchronized Optional<String> putIfMatch(String bucket, String key, byte[] bytes, String etag) {
        return get(bucket, key).filter(held -> held.etag().equals(etag)).map(held -> put(bucket, key, bytes));
    }

    @Override
    public List<String> list(String bucket, String prefix) {
        return objects.keySet().stream()
                .filter(key -> key.startsWith(bucket + "/" + prefix))
                .map(key -> key.substring(bucket.length() + 1))
                .toList();
    }
}
