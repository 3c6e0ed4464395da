package io.lifeboat.activity.wal;

import static io.lifeboat.activity.wal.WalFixture.BUCKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.activity.backup.BackupCatalog;
import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.BackupException.Kind;
import io.lifeboat.activity.backup.BackupPlace;
import io.lifeboat.activity.database.Lsn;
import io.lifeboat.activity.encryption.age.AgeKeys;
import io.lifeboat.activity.storage.LargeObjects.ListedObject;
import io.lifeboat.activity.storage.LargeObjectsInMemory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WalArchiveTest {
    private static final int SIZE = 1 << 20;
    private static final String SYSTEM = "7710246925123604809";
    private static final String FOLDER = "orders/orders-db.wal/" + SYSTEM + "/00000001/";
    private static final String SECOND = "000000010000000000000002";

    private final LargeObjectsInMemory store = new LargeObjectsInMemory(BUCKET);
    private final WalArchive archive = WalFixture.archive(store, "orders");

    @Test
    void fetchesWhatWasStored() throws IOException {
        store(1, 3);

        assertThat(fetched(SECOND)).isEqualTo(content(2));
    }

    @Test
    void listsWhatIsMissingByName() throws IOException {
        store(1, 2);
        store(5, 6);
        store(8, 8);
        archive.writer(SYSTEM, SIZE).segment(segment(9), content(9), 70_000);

        assertThat(archive.timelines(SYSTEM)).singleElement().satisfies(timeline -> {
            assertThat(timeline.first()).isEqualTo(segment(1));
            assertThat(timeline.last()).isEqualTo(segment(9));
            assertThat(timeline.gaps())
                    .extracting(Object::toString)
                    .containsExactly(
                            "000000010000000000000003 to 000000010000000000000004", "000000010000000000000007");
            assertThat(timeline.position()).isEqualTo(new Lsn(9L * SIZE + 70_000));
        });
        assertThat(archive.systems()).containsExactly(SYSTEM);
    }

    @Test
    void newestSegmentStoredInPartIsFilledUpWithZeros() throws IOException {
        store(1, 1);
        archive.writer(SYSTEM, SIZE).segment(segment(2), content(2), 5_000);

        byte[] fetched = fetched(SECOND);

        assertThat(fetched).hasSize(SIZE).startsWith(Arrays.copyOf(content(2), 5_000));
        assertThat(Arrays.copyOfRange(fetched, 5_000, SIZE)).containsOnly(0);
    }

    @Test
    void longerPartAndThenTheSegmentReplaceWhatIsShorter() throws IOException {
        WalWriter writer = archive.writer(SYSTEM, SIZE);
        writer.segment(segment(2), content(2), 5_000);
        writer.segment(segment(2), content(2), 6_000);
        assertThat(keys()).hasSize(2).allMatch(key -> key.contains(".00001770.partial."));

        writer.segment(segment(2), content(2), SIZE);

        assertThat(keys()).hasSize(2).noneMatch(key -> key.contains("partial"));
        assertThat(fetched(SECOND)).isEqualTo(content(2));
    }

    @Test
    void olderWriterThatEndsLateLeavesAFileThatCanBeFetched() throws IOException {
        store(2, 2);
        byte[] record = store.bytes(BUCKET, FOLDER + SECOND + ".json");
        store(2, 2);

        store.overwrite(BUCKET, FOLDER + SECOND + ".json", record);

        assertThat(fetched(SECOND)).isEqualTo(content(2));
    }

    @Test
    void doesNotHaveWhatIsBeforeOrBehindTheArchive() throws IOException {
        store(3, 4);

        assertThat(archive.fetch(SYSTEM, SECOND, OutputStream.nullOutputStream()))
                .isFalse();
        assertThat(archive.fetch(SYSTEM, segment(5).name(), OutputStream.nullOutputStream()))
                .isFalse();
        assertThat(archive.fetch(SYSTEM, "00000002.history", OutputStream.nullOutputStream()))
                .isFalse();
        assertThat(archive.fetch(SYSTEM, "../orders-db/x", OutputStream.nullOutputStream()))
                .isFalse();
    }

    @Test
    void removesOnlyWhatNoKeptBaseBackupNeeds() throws IOException {
        store(1, 4);
        archive.writer(SYSTEM, SIZE).history(2, "1\t0/300000\tpromoted\n".getBytes(StandardCharsets.UTF_8));
        archive.writer(SYSTEM, SIZE).segment(new WalSegment(2, 2, SIZE), content(2), 100);

        List<String> removed = archive.removeBefore(SYSTEM, new Lsn(3L * SIZE + 17));

        assertThat(removed).containsExactly(segment(1).name(), SECOND, "000000020000000000000002");
        assertThat(archive.timelines(SYSTEM))
                .singleElement()
                .satisfies(timeline -> assertThat(timeline.first()).isEqualTo(segment(3)));
        assertThat(archive.fetch(SYSTEM, "00000002.history", OutputStream.nullOutputStream()))
                .isTrue();
        assertThat(keys()).hasSize(2 * 2 + 2);
    }

    @Test
    void catalogueOfTheBackupsDoesNotTakeItForOne() throws IOException {
        store(1, 1);

        assertThat(new BackupCatalog(region -> store).list(new BackupPlace("west", BUCKET, "orders", "orders-db")))
                .isEmpty();
    }

    @Test
    void logOfAnotherSystemIsNotMixedIn() throws IOException {
        store(1, 1);

        assertThatThrownBy(() -> archive.listing("42", SIZE))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("system 42")
                .hasMessageContaining("system " + SYSTEM);
    }

    @Test
    void aGapIsAcceptedForOneEndOfTheArchiveAloneAndUnderATrustedSignature() throws IOException {
        assertThatThrownBy(() -> archive.acceptGap("ana", "why", Instant.EPOCH)).hasMessageContaining("holds no log");
        store(1, 2);
        Lsn end = new Lsn(3L * SIZE);
        archive.acceptGap("ana", "the disk was full", Instant.EPOCH);

        assertThat(archive.gaps().acceptedBy(SYSTEM, 1, end)).contains("ana");
        assertThat(archive.gaps().acceptedBy(SYSTEM, 1, new Lsn(4L * SIZE))).isEmpty();
        assertThat(archive.gaps().acceptedBy(SYSTEM, 2, end)).isEmpty();
        assertThat(archive.systems()).containsExactly(SYSTEM);
        assertThat(archive.timelines(SYSTEM)).hasSize(1);
        WalArchive stranger = WalFixture.archive(store, "orders", WalFixture.signingKeys(), AgeKeys.generate());
        stranger.acceptGap("mallory", "to hide something", Instant.EPOCH);
        assertThat(archive.gaps().acceptedBy(SYSTEM, 1, end)).isEmpty();
    }

    @Test
    void strangersKeyOpensNothing() throws IOException {
        store(1, 1);
        WalArchive stranger = WalFixture.archive(store, "orders", WalFixture.signingKeys(), AgeKeys.generate());

        assertThatThrownBy(() -> stranger.fetch(SYSTEM, segment(1).name(), OutputStream.nullOutputStream()))
                .isInstanceOfSatisfying(
                        BackupException.class, e -> assertThat(e.kind()).isEqualTo(Kind.PRECONDITION))
                .hasMessageContaining("sealed for [escrow]");
    }

    /** What can happen to a stored segment, and a word of how it is told. */
    private record Damage(String name, String words, Effect effect) {
        @Override
        public String toString() {
            return name;
        }
    }

    private interface Effect {
        void on(WalArchiveTest test) throws IOException;
    }

    static Stream<Damage> damages() {
        return Stream.of(
                new Damage(
                        "a bit flips",
                        "has other bytes than were stored",
                        test -> test.replace(test.object(SECOND), bytes -> {
                            bytes[bytes.length / 2] ^= 4;
                            return bytes;
                        })),
                new Damage(
                        "the bytes are cut off",
                        "",
                        test -> test.replace(test.object(SECOND), bytes -> Arrays.copyOf(bytes, bytes.length / 3))),
                new Damage(
                        "the bytes are gone",
                        "its record is there, but its bytes are not",
                        test -> test.store.delete(BUCKET, test.object(SECOND))),
                new Damage("the bytes are none", "", test -> test.replace(test.object(SECOND), bytes -> new byte[0])),
                new Damage(
                        "the bytes are another segment's",
                        "has other bytes than were stored",
                        test -> test.replace(
                                test.object(SECOND),
                                bytes -> test.store.bytes(
                                        BUCKET, test.object(segment(3).name())))),
                new Damage(
                        "the segment is missing",
                        "it is missing, and the archive goes on to 000000010000000000000003",
                        test -> test.store.delete(BUCKET, FOLDER + SECOND + ".json")),
                new Damage("the segment is missing and a part of it is still there", "it is missing", test -> {
                    test.archive.writer(SYSTEM, SIZE).segment(segment(2), content(2), 100);
                    test.store.delete(BUCKET, FOLDER + SECOND + ".json");
                }),
                new Damage(
                        "the record is cut off",
                        "cannot be trusted",
                        test -> test.replace(FOLDER + SECOND + ".json", bytes -> Arrays.copyOf(bytes, 50))),
                new Damage(
                        "the record is another segment's",
                        "of 000000010000000000000003",
                        test -> test.replace(
                                FOLDER + SECOND + ".json",
                                bytes -> test.store.bytes(
                                        BUCKET, FOLDER + segment(3).name() + ".json"))),
                new Damage(
                        "the segment is forged",
                        "no key that this worker trusts",
                        test -> WalFixture.archive(test.store, "orders", WalFixture.signingKeys(), AgeKeys.generate())
                                .writer(SYSTEM, SIZE)
                                .segment(segment(2), content(7), SIZE)),
                new Damage("the segment is another service's", "billing/orders-db", test -> {
                    WalFixture.archive(test.store, "billing")
                            .writer(SYSTEM, SIZE)
                            .segment(segment(2), content(7), SIZE);
                    test.replace(
                            FOLDER + SECOND + ".json",
                            bytes -> test.store.bytes(
                                    BUCKET, FOLDER.replaceFirst("orders", "billing") + SECOND + ".json"));
                }));
    }

    @ParameterizedTest
    @MethodSource("damages")
    void damagedSegmentIsNamedAndNotFetched(Damage damage, @TempDir Path folder) throws IOException {
        store(1, 3);

        damage.effect().on(this);

        assertThatThrownBy(() -> archive.fetch(SYSTEM, SECOND, folder.resolve("segment")))
                .isInstanceOfSatisfying(
                        BackupException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CORRUPT))
                .hasMessageContaining("WAL file " + SECOND + " of orders/orders-db in west")
                .hasMessageContaining(damage.words());
        assertThat(folder).isEmptyDirectory();
    }

    private void store(int from, int to) throws IOException {
        for (int number = from; number <= to; number++) {
            archive.writer(SYSTEM, SIZE).segment(segment(number), content(number), SIZE);
        }
    }

    private byte[] fetched(String file) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(archive.fetch(SYSTEM, file, out)).isTrue();
        return out.toByteArray();
    }

    private String object(String file) {
        return keys().stream()
                .filter(key -> key.startsWith(FOLDER + file + ".") && !key.endsWith(".json"))
                .findFirst()
                .orElseThrow();
    }

    private void replace(String key, UnaryOperator<byte[]> change) {
        store.overwrite(BUCKET, key, change.apply(store.bytes(BUCKET, key).clone()));
    }

    private List<String> keys() {
        return store.list(BUCKET, "").stream().map(ListedObject::key).toList();
    }

    private static WalSegment segment(int number) {
        return new WalSegment(1, number, SIZE);
    }

    private static byte[] content(int number) {
        byte[] bytes = new byte[SIZE];
        new java.util.Random(number).nextBytes(bytes);
        return bytes;
    }
}
