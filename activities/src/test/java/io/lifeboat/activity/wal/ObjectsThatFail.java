package io.lifeboat.activity.wal;

import io.lifeboat.activity.storage.LargeObjects;
import io.lifeboat.activity.storage.Upload;
import io.lifeboat.workflow.FailureType;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A store that stops to answer after a number of changes, as it looks to a process that is killed there, until it is mended. */
final class ObjectsThatFail implements LargeObjects {
    private final LargeObjects objects;
    private final AtomicReference<Optional<Runnable>> whileRead = new AtomicReference<>(Optional.empty());
    private final AtomicInteger changesLeft = new AtomicInteger(Integer.MAX_VALUE);

    ObjectsThatFail(LargeObjects objects) {
        this.objects = objects;
    }

    void failAfter(int changes) {
        changesLeft.set(changes);
    }

    /** The next file of the log that is read is gone before its first byte came, and this has happened meanwhile. */
    void removeWhileRead(Runnable meanwhile) {
        whileRead.set(Optional.of(meanwhile));
    }

    void mend() {
        changesLeft.set(Integer.MAX_VALUE);
    }

    boolean hasFailed() {
        return changesLeft.get() <= 0;
    }

    private void change() {
        if (changesLeft.getAndUpdate(left -> left <= 0 ? 0 : left - 1) <= 0) {
            throw FailureType.UNAVAILABLE.failure("Cannot reach the object store: it does not answer.");
        }
    }

    private void look() {
        if (hasFailed()) {
            change();
        }
    }

    @Override
    public Upload create(String bucket, String key, Optional<Lock> lock) {
        change();
        Upload upload = objects.create(bucket, key, lock);
        return new Upload() {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                look();
                upload.write(bytes, offset, length);
            }

            @Override
            public void complete() throws IOException {
                change();
                upload.complete();
            }

            @Override
            public void close() {
                upload.close();
            }
        };
    }

    @Override
    public InputStream open(String bucket, String key) throws IOException {
        look();
        InputStream stored = objects.open(bucket, key);
        if (key.endsWith(".json")) {
            return stored;
        }
        return whileRead.getAndSet(Optional.empty()).<InputStream>map(Gone::new).orElse(stored);
    }

    private static final class Gone extends InputStream {
        private final Runnable meanwhile;

        private Gone(Runnable meanwhile) {
            this.meanwhile = meanwhile;
        }

        @Override
        public int read() {
            meanwhile.run();
            throw FailureType.TARGET_NOT_FOUND.failure("Cannot read the object: the store answered 404.");
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            return read();
        }
    }

    @Override
    public List<ListedObject> list(String bucket, String prefix) {
        look();
        return objects.list(bucket, prefix);
    }

    @Override
    public void delete(String bucket, String key) {
        change();
        objects.delete(bucket, key);
    }

    @Override
    public List<String> abandon(String bucket, String prefix, Instant begunBefore) {
        look();
        return objects.abandon(bucket, prefix, begunBefore);
    }
}
