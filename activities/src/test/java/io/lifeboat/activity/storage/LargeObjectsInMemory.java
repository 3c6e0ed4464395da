package io.lifeboat.activity.storage;

import io.lifeboat.workflow.FailureType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Large objects in memory, in the buckets it was made with; it refuses to delete what is locked, as S3 does. */
public final class LargeObjectsInMemory implements LargeObjects {
    private final Clock clock;
    private final Set<String> buckets;
    private final Map<Place, Stored> objects = new ConcurrentSkipListMap<>();
    private final Set<Writing> uploads = ConcurrentHashMap.newKeySet();

    public LargeObjectsInMemory(String... buckets) {
        this(Clock.systemUTC(), buckets);
    }

    public LargeObjectsInMemory(Clock clock, String... buckets) {
        this.clock = clock;
        this.buckets = Set.of(buckets);
    }

    @Override
    public Upload create(String bucket, String key, Optional<Lock> lock) {
        Writing upload = new Writing(place("write", bucket, key), lock, clock.instant());
        uploads.add(upload);
        return upload;
    }

    @Override
    public InputStream open(String bucket, String key) {
        return new ByteArrayInputStream(bytes(bucket, key));
    }

    @Override
    public List<ListedObject> list(String bucket, String prefix) {
        Place under = place("list", bucket, prefix);
        return objects.entrySet().stream()
                .filter(held -> held.getKey().isUnder(under))
                .map(held -> new ListedObject(
                        held.getKey().key(),
                        held.getValue().bytes().length,
                        held.getValue().modified()))
                .toList();
    }

    @Override
    public void delete(String bucket, String key) {
        Place place = place("delete", bucket, key);
        Stored held = objects.get(place);
        if (held != null
                && held.lock().filter(l -> l.until().isAfter(clock.instant())).isPresent()) {
            throw FailureType.PRECONDITION_FAILED.failure(
                    "Cannot delete \"" + key + "\" in bucket \"" + bucket + "\": it is locked. Wait.");
        }
        objects.remove(place);
    }

    @Override
    public List<String> abandon(String bucket, String prefix, Instant begunBefore) {
        Place under = place("tidy", bucket, prefix);
        List<Writing> begun = uploads.stream()
                .filter(upload -> upload.place.isUnder(under) && upload.begun.isBefore(begunBefore))
                .toList();
        return begun.stream()
                .filter(uploads::remove)
                .map(upload -> upload.place.key())
                .sorted()
                .toList();
    }

    /** What the object holds. */
    public byte[] bytes(String bucket, String key) {
        Stored held = objects.get(place("read", bucket, key));
        if (held == null) {
            throw FailureType.TARGET_NOT_FOUND.failure("Cannot read \"" + key + "\": there is no such object.");
        }
        return held.bytes();
    }

    /** Puts other bytes in the place of an object, as damage or a forger would: no lock stops it. */
    public void overwrite(String bucket, String key, byte[] bytes) {
        objects.put(place("write", bucket, key), new Stored(bytes, clock.instant(), Optional.empty()));
    }

    private Place place(String verb, String bucket, String key) {
        if (!buckets.contains(bucket)) {
            throw FailureType.TARGET_NOT_FOUND.failure(
                    "Cannot " + verb + " \"" + key + "\": there is no bucket \"" + bucket + "\".");
        }
        return new Place(bucket, key);
    }

    private record Place(String bucket, String key) implements Comparable<Place> {
        boolean isUnder(Place prefix) {
            return bucket.equals(prefix.bucket) && key.startsWith(prefix.key);
        }

        @Override
        public int compareTo(Place other) {
            int byBucket = bucket.compareTo(other.bucket);
            return byBucket != 0 ? byBucket : key.compareTo(other.key);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // bytes are handed over, never compared
    private record Stored(byte[] bytes, Instant modified, Optional<Lock> lock) {}

    private final class Writing extends Upload {
        private final ByteArrayOutputStream written = new ByteArrayOutputStream();
        private final Place place;
        private final Optional<Lock> lock;
        private final Instant begun;

        private Writing(Place place, Optional<Lock> lock, Instant begun) {
            this.place = place;
            this.lock = lock;
            this.begun = begun;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (!uploads.contains(this)) {
                throw new IOException("the upload of \"" + place.key() + "\" has ended");
            }
            written.write(bytes, offset, length);
        }

        @Override
        public void complete() throws IOException {
            if (!uploads.remove(this)) {
                throw new IOException("the upload of \"" + place.key() + "\" has ended");
            }
            objects.put(place, new Stored(written.toByteArray(), clock.instant(), lock));
        }

        @Override
        public void close() {
            uploads.remove(this);
        }
    }
}
