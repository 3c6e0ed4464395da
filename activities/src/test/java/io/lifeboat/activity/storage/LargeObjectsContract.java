package io.lifeboat.activity.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.activity.storage.LargeObjects.ListedObject;
import io.lifeboat.workflow.FailureType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link LargeObjects} promises. */
public abstract class LargeObjectsContract {
    protected static final String BUCKET = "backups";
    private static final String NO_BUCKET = "no-such-bucket";

    /** More than two parts of an upload, and no whole number of them. */
    private static final int SEVERAL_PARTS = (40 << 20) + 12_345;

    private static final int CHUNK = 70_001;
    private static final Duration HOUR = Duration.ofHours(1);

    private final String folder = UUID.randomUUID() + "/";
    protected final String key = folder + "object";

    protected abstract LargeObjects objects();

    /** The prefix of this test's keys. */
    protected String folder() {
        return folder;
    }

    @Test
    void objectExistsOnlyOnceItIsCompleted() throws IOException {
        try (Upload upload = objects().create(BUCKET, key, Optional.empty())) {
            upload.write(bytes("one"));
            assertThat(listed()).isEmpty();
            assertNotFound(() -> read(key));

            upload.complete();
        }

        assertThat(read(key)).isEqualTo(bytes("one"));
    }

    @Test
    void uploadClosedBeforeItIsCompletedLeavesNothing() throws IOException {
        try (Upload upload = objects().create(BUCKET, key, Optional.empty())) {
            upload.write(random(1, SEVERAL_PARTS));
        }

        assertThat(listed()).isEmpty();
        assertNotFound(() -> read(key));
        assertThat(objects().abandon(BUCKET, folder, inAnHour())).isEmpty();
    }

    @Test
    void uploadClosedBeforeItIsCompletedLeavesTheFormerObject() throws IOException {
        store(key, bytes("former"));

        try (Upload upload = objects().create(BUCKET, key, Optional.empty())) {
            upload.write(bytes("half"));
        }

        assertThat(read(key)).isEqualTo(bytes("former"));
    }

    @Test
    void storingTwiceUnderOneKeyLeavesOneObject() throws IOException {
        store(key, bytes("first"));
        store(key, bytes("the second"));

        assertThat(listed()).extracting(ListedObject::key).containsExactly(key);
        assertThat(listed()).extracting(ListedObject::bytes).containsExactly(10L);
        assertThat(read(key)).isEqualTo(bytes("the second"));
    }

    @Test
    void objectMayBeEmpty() throws IOException {
        store(key, new byte[0]);

        assertThat(read(key)).isEmpty();
        assertThat(listed()).extracting(ListedObject::bytes).containsExactly(0L);
    }

    @Test
    void objectOfSeveralPartsReadsBackByteForByte() throws IOException {
        byte[] content = random(2, SEVERAL_PARTS);

        store(key, content);

        assertThat(read(key)).isEqualTo(content);
        assertThat(listed()).extracting(ListedObject::bytes).containsExactly((long) SEVERAL_PARTS);
    }

    @ParameterizedTest
    @ValueSource(ints = {(8 << 20) - 1, 8 << 20, (8 << 20) + 1, 16 << 20, 24 << 20})
    void objectMayEndAtTheBorderOfWhatIsReadAtOnce(int length) throws IOException {
        byte[] content = random(3, length);

        store(key, content);

        assertThat(read(key)).isEqualTo(content);
    }

    @Test
    void readingMayEndEarly() throws IOException {
        byte[] content = random(4, SEVERAL_PARTS);
        store(key, content);

        try (InputStream object = objects().open(BUCKET, key)) {
            assertThat(object.read()).isEqualTo(content[0] & 0xff);
            assertThat(object.readNBytes(CHUNK)).isEqualTo(Arrays.copyOfRange(content, 1, 1 + CHUNK));
        }

        assertThat(read(key)).isEqualTo(content);
    }

    @Test
    void singleBytesAndArraysMakeOneStream() throws IOException {
        try (Upload upload = objects().create(BUCKET, key, Optional.empty())) {
            upload.write('a');
            upload.write(bytes("xbcx"), 1, 2);
            upload.complete();
        }

        assertThat(read(key)).isEqualTo(bytes("abc"));
    }

    @Test
    void listsTheCompletedOnesUnderAPrefixInOrderOfTheirKeys() throws IOException {
        Instant before = Instant.now().minusSeconds(2);
        List<String> names = List.of("a-1/part", "a.json", "a/1", "a/2", "b");
        for (String name : names.reversed()) {
            store(folder + name, bytes(name));
        }
        try (Upload running = objects().create(BUCKET, folder + "a/3", Optional.empty())) {
            running.write(bytes("unfinished"));

            assertThat(listed())
                    .extracting(ListedObject::key)
                    .containsExactlyElementsOf(
                            names.stream().map(name -> folder + name).toList());
            assertThat(listed()).allMatch(o -> o.bytes() == o.key().length() - folder.length());
            assertThat(listed()).allMatch(o -> o.modified().isAfter(before));
            assertThat(objects().list(BUCKET, folder + "a/")).hasSize(2);
        }
    }

    @Test
    void deletingTwiceIsDeletingOnce() throws IOException {
        store(key, bytes("one"));

        objects().delete(BUCKET, key);
        objects().delete(BUCKET, key);

        assertThat(listed()).isEmpty();
        assertNotFound(() -> read(key));
    }

    @Test
    void deletingLeavesTheObjectsWhoseKeyBeginsAlike() throws IOException {
        store(key, bytes("one"));
        store(key + "-2", bytes("two"));

        objects().delete(BUCKET, key);

        assertThat(listed()).extracting(ListedObject::key).containsExactly(key + "-2");
    }

    @Test
    void abandonsUploadsBegunBeforeAnInstantUnderAPrefix() throws IOException {
        try (Upload lost = objects().create(BUCKET, key, Optional.empty());
                Upload elsewhere = objects().create(BUCKET, "other-" + key, Optional.empty())) {
            lost.write(bytes("half"));
            elsewhere.write(bytes("one"));

            assertThat(objects().abandon(BUCKET, folder, inAnHour())).containsExactly(key);
            assertThat(objects().abandon(BUCKET, folder, inAnHour())).isEmpty();

            assertThatThrownBy(lost::complete).isInstanceOf(Exception.class);
            assertThat(listed()).isEmpty();
            elsewhere.complete();
        }
        assertThat(objects().list(BUCKET, "other-" + folder)).hasSize(1);
    }

    @Test
    void leavesUploadsBegunAfterTheInstant() throws IOException {
        try (Upload young = objects().create(BUCKET, key, Optional.empty())) {
            young.write(bytes("one"));

            assertThat(objects().abandon(BUCKET, folder, Instant.now().minus(HOUR)))
                    .isEmpty();
            young.complete();
        }

        assertThat(read(key)).isEqualTo(bytes("one"));
    }

    @Test
    void absentObjectIsNotFound() {
        assertNotFound(() -> read(key));
    }

    @Test
    void absentBucketIsNotFound() {
        assertNotFound(() -> objects().create(NO_BUCKET, key, Optional.empty()));
        assertNotFound(() -> objects().open(NO_BUCKET, key));
        assertNotFound(() -> objects().list(NO_BUCKET, folder));
        assertNotFound(() -> objects().delete(NO_BUCKET, key));
        assertNotFound(() -> objects().abandon(NO_BUCKET, folder, Instant.now()));
    }

    @Test
    void uploadsAtTheSameTimeDoNotDisturbEachOther() throws Exception {
        int uploads = 4;
        List<Future<?>> stored = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(uploads)) {
            for (int seed = 0; seed < uploads; seed++) {
                int own = seed;
                stored.add(threads.submit(() -> {
                    store(key + own, random(own, (17 << 20) + own));
                    return null;
                }));
            }
        }
        for (Future<?> each : stored) {
            each.get();
        }

        for (int seed = 0; seed < uploads; seed++) {
            assertThat(read(key + seed)).isEqualTo(random(seed, (17 << 20) + seed));
        }
    }

    protected void store(String at, byte[] content) throws IOException {
        try (Upload upload = objects().create(BUCKET, at, Optional.empty())) {
            for (int done = 0; done < content.length; done += CHUNK) {
                upload.write(content, done, Math.min(CHUNK, content.length - done));
            }
            upload.complete();
        }
    }

    @Test
    void namesTheFoldersBelowAPrefixAndListsNeighbours() throws IOException {
        for (String name : List.of("a/1", "b/1", "b/2", "b-2/1", "c/1", "d/1", "stray")) {
            put(folder + name);
        }

        assertThat(objects().folders(BUCKET, folder)).containsExactly("a", "b", "b-2", "c", "d");
        assertThat(objects().list(BUCKET, folder, "b", "c"))
                .extracting(ListedObject::key)
                .containsExactly(folder + "b-2/1", folder + "b/1", folder + "b/2", folder + "c/1");
        assertThat(objects().list(BUCKET, folder, "c", "c"))
                .extracting(ListedObject::key)
                .containsExactly(folder + "c/1");
        assertThat(objects().folders(BUCKET, folder + "none/")).isEmpty();
        assertNotFound(() -> objects().folders(NO_BUCKET, folder));
    }

    private void put(String at) throws IOException {
        try (Upload upload = objects().create(BUCKET, at, Optional.empty())) {
            upload.write(bytes(at));
            upload.complete();
        }
    }

    private byte[] read(String at) throws IOException {
        try (InputStream object = objects().open(BUCKET, at)) {
            return object.readAllBytes();
        }
    }

    private List<ListedObject> listed() {
        return objects().list(BUCKET, folder);
    }

    protected static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    protected static byte[] random(long seed, int length) {
        byte[] content = new byte[length];
        new Random(seed).nextBytes(content);
        return content;
    }

    private static Instant inAnHour() {
        return Instant.now().plus(HOUR);
    }

    private static void assertNotFound(ThrowingCallable call) {
        assertThatThrownBy(call).matches(FailureType.TARGET_NOT_FOUND::is);
    }
}
