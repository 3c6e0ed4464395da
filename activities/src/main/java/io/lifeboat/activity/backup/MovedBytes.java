package io.lifeboat.activity.backup;

import io.lifeboat.activity.storage.LargeObjects;
import io.lifeboat.activity.storage.Upload;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** Object stores that tell how many bytes have gone into them and come out of them, all together, from time to time. */
final class MovedBytes {
    /** Often enough for a person who watches. */
    private static final long EACH = 1 << 20;

    private final LongConsumer progress;
    private final AtomicLong moved = new AtomicLong();

    /** @param progress told the number of bytes so far; by whichever thread moved them */
    MovedBytes(LongConsumer progress) {
        this.progress = progress;
    }

    LargeObjects of(LargeObjects store) {
        return new Counted(store);
    }

    private void add(long bytes) {
        long now = moved.addAndGet(bytes);
        if (now / EACH != (now - bytes) / EACH) {
            progress.accept(now);
        }
    }

    private final class Counted implements LargeObjects {
        private final LargeObjects store;

        Counted(LargeObjects store) {
            this.store = store;
        }

        @Override
        public Upload create(String bucket, String key, Optional<Lock> lock) {
            return new CountedUpload(store.create(bucket, key, lock));
        }

        @Override
        public InputStream open(String bucket, String key) throws IOException {
            return new CountedInput(store.open(bucket, key));
        }

        @Override
        public List<ListedObject> list(String bucket, String prefix) {
            return store.list(bucket, prefix);
        }

        @Override
        public void delete(String bucket, String key) {
            store.delete(bucket, key);
        }

        @Override
        public List<String> abandon(String bucket, String prefix, Instant begunBefore) {
            return store.abandon(bucket, prefix, begunBefore);
        }
    }

    private final class CountedUpload extends Upload {
        private final Upload upload;

        CountedUpload(Upload upload) {
            this.upload = upload;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            upload.write(bytes, offset, length);
            add(length);
        }

        @Override
        public void complete() throws IOException {
            upload.complete();
        }

        @Override
        public void close() {
            upload.close();
        }
    }

    private final class CountedInput extends FilterInputStream {
        CountedInput(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = in.read();
            add(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = in.read(bytes, offset, length);
            add(Math.max(0, count));
            return count;
        }
    }
}
