package io.lifeboat.activity.wal;

import static io.lifeboat.activity.wal.WalFixture.BUCKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.database.Eventually;
import io.lifeboat.activity.database.Lsn;
import io.lifeboat.activity.storage.LargeObjects.ListedObject;
import io.lifeboat.activity.storage.LargeObjects.Lock;
import io.lifeboat.activity.storage.LargeObjectsInMemory;
import io.lifeboat.workflow.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log in two places, and what is left of it when one of them is lost, late or spoiled. */
class WalCopyTest {
    private static final int SIZE = 1 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SYSTEM = "7710246925123604809";
    private static final String FOLDER = "orders/orders-db.wal/" + SYSTEM + "/00000001/";

    private final LargeObjectsInMemory west = new LargeObjectsInMemory(BUCKET);
    private final LargeObjectsInMemory east = new LargeObjectsInMemory(BUCKET);
    private final ObjectsThatFail failingEast = new ObjectsThatFail(east);
    private final WalArchive here = WalFixture.archive(west, "orders");
    private final WalArchive there = WalFixture.archive(east, "orders");
    private final WalCopy copy = WalFixture.copy(west, east, "orders");

    @TempDir
    private Path folder;

    @Test
    void theSameBytesAndRecordsAreInTheOtherPlace() throws IOException {
        store(1, 3);
        writer().history(2, "1\t0/300000\tpromoted\n".getBytes(StandardCharsets.UTF_8));

        assertThat(copy.mend()).isEmpty();

        assertThat(keys(east)).isEqualTo(keys(west)).hasSize(8);
        assertThat(there.timelines(SYSTEM)).singleElement().satisfies(timeline -> {
            assertThat(timeline.gaps()).isEmpty();
            assertThat(timeline.position()).isEqualTo(new Lsn(4L * SIZE));
        });
        assertThat(fetched(there, 2)).isEqualTo(content(2));
    }

    @Test
    void aPartIsReplacedThereByMoreOfItsSegment() throws IOException {
        writer().segment(segment(1), content(1), 5_000);
        copy.copy(SYSTEM, name(1) + ".00001388.partial");
        assertThat(keys(east)).hasSize(2);

        writer().segment(segment(1), content(1), SIZE);
        copy.copy(SYSTEM, name(1) + ".00001388.partial");
        copy.copy(SYSTEM, name(1));

        assertThat(keys(east)).isEqualTo(keys(west)).hasSize(2);
    }

    @Test
    void aPartThatIsReplacedWhileItIsReadIsPassedOver() throws IOException {
        writer().segment(segment(1), content(1), 5_000);
        ObjectsThatFail source = new ObjectsThatFail(west);
        source.removeWhileRead(() -> store(1));

        WalFixture.copy(source, east, "orders").copy(SYSTEM, name(1) + ".00001388.partial");

        assertThat(keys(east)).isEmpty();
    }

    @Test
    void aFileWhoseBytesAreGoneThoughItsRecordIsNotIsNoSuccess() {
        store(1, 1);
        ObjectsThatFail source = new ObjectsThatFail(west);
        source.removeWhileRead(() -> {});

        assertThatThrownBy(() -> WalFixture.copy(source, east, "orders").copy(SYSTEM, name(1)))
                .matches(FailureType.TARGET_NOT_FOUND::is);
    }

    @Test
    void aDamagedFileIsNotCopiedAndKeepsNothingElseFromBeingCopied() throws IOException {
        store(1, 3);
        String object = keys(west).stream()
                .filter(key -> key.startsWith(FOLDER + name(2)) && !key.endsWith(".json"))
                .findFirst()
                .orElseThrow();
        byte[] spoiled = west.bytes(BUCKET, object).clone();
        spoiled[spoiled.length / 2] ^= 4;
        west.overwrite(BUCKET, object, spoiled);

        assertThat(copy.mend()).singleElement().asString().contains(name(2), "its record says");

        assertThat(keys(east)).hasSize(4).noneMatch(key -> key.contains(name(2)));
    }

    @Test
    void whatOnePlaceHasLostOrSpoiledIsReadFromTheOther() throws IOException {
        store(1, 4);
        copy.mend();
        ReadableWal both = ReadableWal.of(List.of(here, there));

        west.delete(BUCKET, FOLDER + name(2) + ".json");
        west.delete(BUCKET, FOLDER + name(4) + ".json");

        for (int number : new int[] {1, 2, 4}) {
            Path target = folder.resolve(name(number));
            assertThat(both.fetch(SYSTEM, name(number), target)).isTrue();
            assertThat(Files.readAllBytes(target)).isEqualTo(content(number));
        }
        assertThat(both.fetch(SYSTEM, name(5), folder.resolve("none"))).isFalse();
        assertThat(both.timelines(SYSTEM))
                .singleElement()
                .satisfies(timeline -> assertThat(timeline.position()).isEqualTo(new Lsn(5L * SIZE)));
    }

    @Test
    void aPlaceThatIsLostIsReadWithoutAndOneThatFailsLaterIsNoEndOfTheLog() throws IOException {
        store(1, 2);
        copy.mend();
        WalArchive lost = WalFixture.archive(new LargeObjectsInMemory("another-bucket"), "orders");

        ReadableWal rest = ReadableWal.of(List.of(lost, there));
        assertThat(rest.fetch(SYSTEM, name(2), folder.resolve("2"))).isTrue();
        assertThat(rest.fetch(SYSTEM, name(3), folder.resolve("3"))).isFalse();
        assertThatThrownBy(() -> ReadableWal.of(List.of(lost))).isInstanceOf(ApplicationFailure.class);

        ReadableWal both = ReadableWal.of(List.of(there, here));
        east.overwrite(BUCKET, FOLDER + name(3) + ".json", new byte[10]);
        assertThatThrownBy(() -> both.fetch(SYSTEM, name(3), folder.resolve("3")))
                .isInstanceOf(BackupException.class);
    }

    @Test
    void noSegmentCanBeRemovedBeforeItsLockEndsAndNoPartIsLocked() throws IOException {
        WalLock lock = new WalLock(Lock.Mode.GOVERNANCE, Duration.ofDays(30));
        WalArchive locked = WalFixture.locked(west, "orders", lock);
        WalWriter writer = locked.writer(SYSTEM, SIZE);
        writer.segment(segment(1), content(1), SIZE);
        writer.segment(segment(2), content(2), 100);
        writer.segment(segment(2), content(2), 200);

        assertThat(WalFixture.copy(west, east, "orders", Optional.of(lock)).mend())
                .isEmpty();

        for (LargeObjectsInMemory store : List.of(west, east)) {
            assertThat(keys(store)).hasSize(4);
            assertThat(WalFixture.locked(store, "orders", lock).removeBefore(SYSTEM, new Lsn(9L * SIZE)))
                    .isEmpty();
            for (String key : keys(store)) {
                if (key.contains(".partial.")) {
                    store.delete(BUCKET, key);
                } else {
                    assertThatThrownBy(() -> store.delete(BUCKET, key)).hasMessageContaining("it is locked");
                }
            }
        }
    }

    @Test
    void theCopierFollowsTheReceiverAndMakesGoodWhatAnOutageLeftOut() throws IOException {
        store(1, 2);
        AtomicBoolean receiving = new AtomicBoolean(true);
        try (WalCopier copier = new WalCopier(
                "orders/orders-db", WalFixture.copy(west, failingEast, "orders"), Duration.ofMillis(20))) {
            copier.start(receiving::get);
            WalWriter writer = WalFixture.archive(west, "orders", copier).writer(SYSTEM, SIZE);
            writer.segment(segment(3), content(3), SIZE);
            awaitSame();

            failingEast.failAfter(1);
            writer.segment(segment(4), content(4), SIZE);
            writer.segment(segment(5), content(5), SIZE);
            Eventually.holds(PATIENCE, failingEast::hasFailed);
            failingEast.mend();

            awaitSame();
            assertThat(there.timelines(SYSTEM)).singleElement().satisfies(timeline -> {
                assertThat(timeline.gaps()).isEmpty();
                assertThat(timeline.last()).isEqualTo(segment(5));
            });
        }
    }

    private void awaitSame() {
        Eventually.holds(PATIENCE, () -> keys(east).equals(keys(west)));
    }

    private WalWriter writer() {
        return here.writer(SYSTEM, SIZE);
    }

    private void store(int from, int to) {
        for (int number = from; number <= to; number++) {
            store(number);
        }
    }

    private void store(int number) {
        try {
            writer().segment(segment(number), content(number), SIZE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] fetched(WalArchive archive, int number) throws IOException {
        Path target = folder.resolve("fetched");
        assertThat(archive.fetch(SYSTEM, name(number), target)).isTrue();
        return Files.readAllBytes(target);
    }

    private static List<String> keys(LargeObjectsInMemory store) {
        return store.list(BUCKET, "").stream().map(ListedObject::key).toList();
    }

    private static String name(int number) {
        return segment(number).name();
    }

    private static WalSegment segment(int number) {
        return new WalSegment(1, number, SIZE);
    }

    private static byte[] content(int number) {
        byte[] bytes = new byte[SIZE];
        new Random(number).nextBytes(bytes);
        return bytes;
    }
}
