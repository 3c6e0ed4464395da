package io.lifeboat.activity.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What every {@link ObjectStore} promises. */
public abstract class ObjectStoreContract {
    protected static final String BUCKET = "ledger";

    private final String folder = UUID.randomUUID() + "/";
    private final String key = folder + "object.json";

    protected abstract ObjectStore store();

    @Test
    void absentObjectIsEmpty() {
        assertThat(store().get(BUCKET, key)).isEmpty();
    }

    @Test
    void readsBackWhatWasWrittenUnderTheEtagOfTheWrite() {
        String etag = store().put(BUCKET, key, bytes("one"));

        StoredObject read = store().get(BUCKET, key).orElseThrow();
        assertThat(read.etag()).isEqualTo(etag);
        assertThat(read.bytes()).isEqualTo(bytes("one"));
    }

    @Test
    void putIfAbsentWritesOnce() {
        assertThat(store().putIfAbsent(BUCKET, key, bytes("one"))).isPresent();
        assertThat(store().putIfAbsent(BUCKET, key, bytes("two"))).isEmpty();
        assertThat(text()).isEqualTo("one");
    }

    @Test
    void putIfMatchRefusesAnotherVersion() {
        String first = store().put(BUCKET, key, bytes("one"));
        String second = store().putIfMatch(BUCKET, key, bytes("two"), first).orElseThrow();

        assertThat(store().putIfMatch(BUCKET, key, bytes("three"), first)).isEmpty();
        assertThat(text()).isEqualTo("two");
        assertThat(store().get(BUCKET, key).orElseThrow().etag()).isEqualTo(second);
    }

    @Test
    void putIfMatchOfAnAbsentObjectWritesNothing() {
        assertThat(store().putIfMatch(BUCKET, key, bytes("one"), "\"0123456789abcdef0123456789abcdef\""))
                .isEmpty();
        assertThat(store().get(BUCKET, key)).isEmpty();
    }

    @RepeatedTest(5)
    void oneOfTwoRacingFirstWritersWins() throws Exception {
        assertExactlyOneWins(
                () -> store().putIfAbsent(BUCKET, key, bytes("left")),
                () -> store().putIfAbsent(BUCKET, key, bytes("right")));
    }

    @RepeatedTest(5)
    void oneOfTwoRacingReplacersWins() throws Exception {
        String etag = store().put(BUCKET, key, bytes("before"));

        assertExactlyOneWins(
                () -> store().putIfMatch(BUCKET, key, bytes("left"), etag),
                () -> store().putIfMatch(BUCKET, key, bytes("right"), etag));
    }

    @Test
    void listsKeysOfAPrefixInOrder() {
        store().put(BUCKET, folder + "b", bytes("2"));
        store().put(BUCKET, folder + "a", bytes("1"));

        assertThat(store().list(BUCKET, folder)).containsExactly(folder + "a", folder + "b");
    }

    private void assertExactlyOneWins(Callable<Optional<String>> left, Callable<Optional<String>> right)
            throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        try (ExecutorService writers = Executors.newFixedThreadPool(2)) {
            List<Future<Optional<String>>> written = List.of(
                    writers.submit(() -> {
                        start.await(10, TimeUnit.SECONDS);
                        return left.call();
                    }),
                    writers.submit(() -> {
                        start.await(10, TimeUnit.SECONDS);
                        return right.call();
                    }));
            boolean leftWon = written.get(0).get(20, TimeUnit.SECONDS).isPresent();
            boolean rightWon = written.get(1).get(20, TimeUnit.SECONDS).isPresent();

            assertThat(leftWon).isNotEqualTo(rightWon);
            assertThat(text()).isEqualTo(leftWon ? "left" : "right");
        }
    }

    private String text() {
        return new String(store().get(BUCKET, key).orElseThrow().bytes(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
