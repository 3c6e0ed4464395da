package io.lifeboat.activity.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.lifeboat.activity.backup.BackupCatalog;
import io.lifeboat.activity.backup.BackupPlace;
import io.lifeboat.activity.database.Lsn;
import io.lifeboat.activity.metric.PolicyFigures.Holding;
import io.lifeboat.activity.storage.LargeObjects;
import io.lifeboat.activity.storage.LargeObjectsInMemory;
import io.lifeboat.activity.storage.Upload;
import io.lifeboat.activity.wal.StoredLog;
import io.lifeboat.activity.wal.WalCatalog;
import io.lifeboat.runbook.BackupPolicy;
import io.lifeboat.runbook.BackupPolicy.Method;
import io.lifeboat.runbook.BucketPlace;
import io.lifeboat.runbook.Datastore;
import io.lifeboat.runbook.Increments;
import io.lifeboat.runbook.InvalidRunbookException;
import io.lifeboat.runbook.Keep;
import io.lifeboat.runbook.LogArchive;
import io.lifeboat.runbook.Runbook;
import io.lifeboat.runbook.RunbookReader;
import io.lifeboat.workflow.FailureType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class BackupWatchTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String WEST = "us-west-2";
    private static final String EAST = "us-east-1";
    private static final String BUCKET = "backups";
    private static final String FOLDER = "orders/orders-db/";

    private final TestClock clock = new TestClock("2026-11-21T02:00:00Z");
    private final Map<String, LargeObjectsInMemory> stores =
            Map.of(WEST, new LargeObjectsInMemory(clock, BUCKET), EAST, new LargeObjectsInMemory(clock, BUCKET));
    private final Set<String> lost = ConcurrentHashMap.newKeySet();
    private final List<Runbook> runbooks = new ArrayList<>(List.of(orders(policy("nightly", 24, EAST))));
    private final BackupWatch watch = watch();

    @Test
    void tellsTheNewestBackupAndWhatIsKeptOfAPolicy() {
        backup(WEST, "20261120T020000Z-nightly", 70);
        proof(WEST, "20261120T020000Z-nightly", "20261120T060000Z");
        backup(EAST, "20261120T020000Z-nightly", 70);
        backup(WEST, "20261121T020000Z-nightly", 100);
        backup(EAST, "20261121T020000Z-nightly", 100);
        clock.set("2026-11-21T05:00:00Z");

        watch.round();

        assertThat(watch.figures().at()).isEqualTo("2026-11-21T05:00:00Z");
        assertThat(watch.figures().policies())
                .containsExactly(new PolicyFigures(
                        "orders",
                        "orders-db",
                        "nightly",
                        "postgresql-logical",
                        Duration.ofHours(24),
                        true,
                        Optional.of(true),
                        Optional.of(Instant.parse("2026-11-21T02:00:00Z")),
                        Optional.of(101L),
                        Optional.of(Instant.parse("2026-11-20T06:00:00Z")),
                        List.of(
                                new Holding(WEST, BUCKET, 2, 173, 0, Optional.empty(), Optional.empty()),
                                new Holding(EAST, BUCKET, 2, 172, 0, Optional.empty(), Optional.of(0L)))));
        assertThat(watch.figures().catalogues())
                .extracting(CatalogueFigures::readable, CatalogueFigures::storedBytes)
                .containsExactly(
                        tuple(Optional.of(true), Optional.of(173L)), tuple(Optional.of(true), Optional.of(172L)));
    }

    @Test
    void saysNoSizeOfThoseOfWhichOneIsAWholeBackupAndTheNextWhatHasChanged() {
        runbooks.set(
                0,
                orders(policy(
                        "base",
                        Method.BASEBACKUP,
                        Optional.empty(),
                        Optional.of(new Increments(Duration.ofDays(7))),
                        24)));
        backup(WEST, "20261121T020000Z-base", 100);
        clock.set("2026-11-21T05:00:00Z");

        watch.round();

        PolicyFigures figures = watch.figures().policies().getFirst();
        assertThat(figures.newestBytes()).isEmpty();
        assertThat(figures.newest()).isPresent();
    }

    @Test
    void tellsHowFarTheLogIsStoredInEachOfItsPlacesAndWhatIsMissing() {
        runbooks.set(
                0,
                orders(policy(
                        "base",
                        Method.BASEBACKUP,
                        Optional.of(new LogArchive(Duration.ofSeconds(5))),
                        Optional.empty(),
                        24,
                        EAST)));
        String folder = "orders/orders-db.wal/77/00000001/0000000100000000000000";
        for (String file : List.of("03", "04", "07", "08.00001770.partial")) {
            put(WEST, folder + file + ".0badcafe.zst.age", 1000);
            put(WEST, folder + file + ".json", 10);
        }

        watch.round();

        assertThat(watch.figures().logs())
                .containsExactly(
                        new LogFigures(
                                place(WEST),
                                Duration.ofSeconds(5),
                                true,
                                Optional.of(new StoredLog(1, Lsn.parse("0/8001770"), clock.instant(), 2, 4 * 1010))),
                        new LogFigures(place(EAST), Duration.ofSeconds(5), true, Optional.empty()));
        lost.add(EAST);
        clock.pass(Duration.ofMinutes(10));
        watch.round();
        assertThat(watch.figures().logs()).extracting(LogFigures::isKnown).containsExactly(true, false);
    }

    @Test
    void saysTheSameRightAfterARestart() {
        backup(WEST, "20261121T020000Z-nightly", 100);
        proof(WEST, "20261121T020000Z-nightly", "20261121T060000Z");
        unfinished(WEST, "20261122T020000Z-nightly", 30);
        clock.set("2026-11-22T05:00:00Z");
        watch.round();
        BackupWatch restarted = watch();

        restarted.round();

        assertThat(restarted.figures()).isEqualTo(watch.figures());
        assertThat(watch.figures().policies().getFirst().newest()).isPresent();
    }

    @Test
    void aBackupIsFreshUntilItIsTwiceAsOldAsItsPolicysOwnInterval() {
        runbooks.set(0, orders(policy("nightly", 24), policy("hourly", 1)));
        backup(WEST, "20261121T020000Z-nightly", 100);
        backup(WEST, "20261121T020000Z-hourly", 100);

        clock.set("2026-11-21T04:00:00Z");
        watch.round();
        assertThat(watch.figures().policies())
                .extracting(PolicyFigures::fresh)
                .containsExactly(Optional.of(true), Optional.of(true));

        clock.set("2026-11-21T04:00:01Z");
        assertThat(watch.figures().policies())
                .extracting(PolicyFigures::fresh)
                .containsExactly(Optional.of(true), Optional.of(false));
    }

    @Test
    void tellsNoBackupFromNotKnown() {
        watch.round();

        assertThat(watch.figures().policies().getFirst())
                .returns(Optional.of(false), PolicyFigures::fresh)
                .returns(Optional.empty(), PolicyFigures::newest)
                .satisfies(none ->
                        assertThat(none.holdings()).extracting(Holding::backups).containsExactly(0L, 0L));

        lost.addAll(Set.of(WEST, EAST));
        BackupWatch blind = watch();
        blind.round();
        assertThat(blind.figures().policies().getFirst())
                .returns(Duration.ofHours(24), PolicyFigures::every)
                .returns(Optional.empty(), PolicyFigures::fresh)
                .returns(Optional.empty(), PolicyFigures::newest)
                .returns(List.of(), PolicyFigures::holdings);
    }

    @Test
    void forgetsAfterTenLooksWhatCannotBeReadAnyMore() {
        backup(WEST, "20261121T020000Z-nightly", 100);
        watch.round();
        lost.addAll(Set.of(WEST, EAST));

        clock.pass(Duration.ofMinutes(9));
        watch.round();
        assertThat(watch.figures().policies().getFirst().newest()).isPresent();
        assertThat(watch.figures().catalogues())
                .extracting(CatalogueFigures::readable)
                .containsOnly(Optional.of(false));

        clock.pass(MINUTE);
        watch.round();
        assertThat(watch.figures().policies().getFirst())
                .returns(Optional.empty(), PolicyFigures::fresh)
                .returns(Optional.empty(), PolicyFigures::newest)
                .returns(Optional.empty(), PolicyFigures::newestBytes)
                .returns(List.of(), PolicyFigures::holdings);
        assertThat(watch.figures().catalogues())
                .extracting(CatalogueFigures::lastRead, CatalogueFigures::storedBytes)
                .containsOnly(tuple(Optional.of(Instant.parse("2026-11-21T02:00:00Z")), Optional.empty()));

        lost.clear();
        watch.round();
        assertThat(watch.figures().policies().getFirst().newest()).isPresent();
    }

    @Test
    void aLookThatNeverEndsCountsAsUnreadable() {
        watch.round();

        clock.pass(Duration.ofMinutes(10));

        assertThat(watch.figures().catalogues())
                .extracting(CatalogueFigures::readable)
                .containsOnly(Optional.of(false));
    }

    @Test
    void tellsFromTheCopiesWhatCanBeRestoredWhenTheFirstRegionIsLost() {
        backup(WEST, "20261121T020000Z-nightly", 100);
        backup(EAST, "20261121T020000Z-nightly", 100);
        lost.add(WEST);

        watch.round();

        assertThat(watch.figures().policies().getFirst())
                .returns(Optional.of(true), PolicyFigures::fresh)
                .returns(Optional.of(Instant.parse("2026-11-21T02:00:00Z")), PolicyFigures::newest)
                .returns(
                        List.of(new Holding(EAST, BUCKET, 1, 101, 0, Optional.empty(), Optional.empty())),
                        PolicyFigures::holdings);
    }

    @Test
    void saysNothingOfAPolicyBeforeEachOfItsPlacesWasAsked() {
        backup(WEST, "20261121T020000Z-nightly", 100);
        BackupCatalog catalog = new BackupCatalog(stores::get);
        PlaceWatch first = new PlaceWatch(place(WEST), catalog, logs(this::store), clock, Duration.ofMinutes(10));
        PlaceWatch copy = new PlaceWatch(place(EAST), catalog, logs(this::store), clock, Duration.ofMinutes(10));
        Datastore datastore = runbooks.getFirst().datastores().getFirst();
        PolicyWatch policy =
                new PolicyWatch("orders", datastore, datastore.backups().getFirst(), List.of(first, copy));
        copy.look();

        assertThat(policy.figures(clock.instant()).fresh()).isEmpty();
        first.look();
        assertThat(policy.figures(clock.instant()).fresh()).contains(true);
    }

    @Test
    void aBackupIsNotMissingElsewhereWhileItMayStillBeCopied() {
        backup(WEST, "20261121T020000Z-nightly", 100);

        clock.pass(PolicyWatch.TIME_TO_COPY);
        watch.round();
        assertThat(missing()).containsExactly(Optional.empty(), Optional.of(0L));

        clock.pass(Duration.ofSeconds(1));
        watch.round();
        assertThat(missing()).containsExactly(Optional.empty(), Optional.of(1L));

        unfinished(EAST, "20261121T020000Z-nightly", 30);
        watch.round();
        assertThat(missing()).containsExactly(Optional.empty(), Optional.of(1L));

        backup(EAST, "20261121T020000Z-nightly", 100);
        watch.round();
        assertThat(missing()).containsExactly(Optional.empty(), Optional.of(0L));
    }

    @Test
    void countsWhatIsUnfinishedAndSinceWhenNothingWasWrittenToIt() {
        unfinished(WEST, "20261121T020000Z-nightly", 30);
        clock.set("2026-11-22T02:10:00Z");
        unfinished(WEST, "20261122T020000Z-nightly", 20);

        watch.round();

        assertThat(watch.figures().policies().getFirst().holdings().getFirst())
                .isEqualTo(new Holding(
                        WEST, BUCKET, 0, 50, 2, Optional.of(Instant.parse("2026-11-21T02:00:00Z")), Optional.empty()));
        assertThat(watch.figures().policies().getFirst().newest()).isEmpty();
    }

    @Test
    void keepsPoliciesOfOneDatastoreApartAndCountsFoldersOfNoPolicyAsStoredOnly() {
        runbooks.set(0, orders(policy("nightly", 24), policy("hourly", 1)));
        backup(WEST, "20261120T020000Z-nightly", 10);
        backup(WEST, "20261121T010000Z-hourly", 20);
        backup(WEST, "20261121T020000Z-weekly", 40);
        put(WEST, FOLDER + "by-hand/manifest.json", 80);

        watch.round();

        assertThat(watch.figures().policies())
                .extracting(PolicyFigures::policy, PolicyFigures::newestBytes)
                .containsExactly(tuple("nightly", Optional.of(11L)), tuple("hourly", Optional.of(21L)));
        assertThat(watch.figures().catalogues())
                .extracting(CatalogueFigures::storedBytes)
                .containsExactly(Optional.of(11L + 21 + 41 + 80));
    }

    @Test
    void noClockThatIsAheadMakesABackupYoungerAndNoCopyMadeAgain() {
        backup(WEST, "20261120T020000Z-nightly", 10);
        backup(WEST, "20991231T000000Z-nightly", 10);

        watch.round();

        assertThat(watch.figures().policies().getFirst().newest()).contains(clock.instant());
        clock.pass(Duration.ofDays(3));
        watch.round();
        assertThat(watch.figures().policies().getFirst().fresh()).contains(false);

        stores.get(WEST).delete(BUCKET, FOLDER + "20991231T000000Z-nightly/manifest.json");
        backup(WEST, "20261120T020000Z-nightly", 10);
        watch.round();
        assertThat(watch.figures().policies().getFirst().newest()).contains(Instant.parse("2026-11-20T02:00:00Z"));
    }

    @Test
    void doesNotBelieveAProofFromTheFuture() {
        backup(WEST, "20261121T020000Z-nightly", 10);
        proof(WEST, "20261121T020000Z-nightly", "20991231T000000Z");

        watch.round();

        assertThat(watch.figures().policies().getFirst().proven()).isEmpty();
    }

    @Test
    void followsTheRunbooksWithoutARestartAndKeepsThemWhileTheyCannotBeRead() {
        backup(WEST, "20261121T020000Z-nightly", 100);
        BackupWatch following = new BackupWatch(
                () -> {
                    if (runbooks.isEmpty()) {
                        throw new InvalidRunbookException(List.of());
                    }
                    return List.copyOf(runbooks);
                },
                new BackupCatalog(this::store),
                logs(this::store),
                clock,
                MINUTE);
        following.round();

        runbooks.set(0, orders(policy("hourly", 1)));
        following.round();
        assertThat(following.figures().policies())
                .extracting(PolicyFigures::policy)
                .containsExactly("hourly");
        assertThat(following.figures().catalogues()).hasSize(1);

        runbooks.clear();
        following.round();
        assertThat(following.figures().policies())
                .extracting(PolicyFigures::policy)
                .containsExactly("hourly");
    }

    @Test
    void aRegionThatHangsKeepsNothingFromBeingKnownOfTheOthers() {
        backup(EAST, "20261121T020000Z-nightly", 100);
        CountDownLatch never = new CountDownLatch(1);
        BackupCatalog catalog = new BackupCatalog(region -> {
            if (region.equals(WEST)) {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw FailureType.UNAVAILABLE.failure("Cannot list: interrupted. Try again.");
                }
            }
            return stores.get(region);
        });

        try (BackupWatch hanging = new BackupWatch(() -> runbooks, catalog, logs(this::store), clock, MINUTE)) {
            hanging.start();

            await(() -> hanging.figures().catalogues().stream()
                    .anyMatch(place -> place.readable().equals(Optional.of(true))));
            assertThat(hanging.figures().catalogues())
                    .extracting(figures -> figures.place().region(), CatalogueFigures::readable)
                    .containsExactly(tuple(WEST, Optional.empty()), tuple(EAST, Optional.of(true)));
        }
    }

    @Test
    void looksAgainWithoutBeingAskedAndStopsWhenItIsClosed() {
        AtomicInteger looks = new AtomicInteger();
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        BackupCatalog catalog = new BackupCatalog(region -> {
            looks.incrementAndGet();
            threads.add(Thread.currentThread());
            return stores.get(region);
        });
        BackupWatch running = new BackupWatch(
                () -> {
                    threads.add(Thread.currentThread());
                    return runbooks;
                },
                catalog,
                logs(this::store),
                clock,
                Duration.ofMillis(5));
        running.start();
        await(() -> looks.get() >= 6);

        running.close();

        assertThat(threads).hasSizeGreaterThanOrEqualTo(4).noneMatch(Thread::isAlive);
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("within 20 s").isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    private List<Optional<Long>> missing() {
        return watch.figures().policies().getFirst().holdings().stream()
                .map(Holding::missing)
                .toList();
    }

    private BackupWatch watch() {
        return new BackupWatch(
                () -> List.copyOf(runbooks), new BackupCatalog(this::store), logs(this::store), clock, MINUTE);
    }

    /** Of a worker that has no keys. */
    private static WalCatalog logs(Function<String, LargeObjects> stores) {
        return new WalCatalog(stores, () -> {
            throw FailureType.PRECONDITION_FAILED.failure("Cannot sign: there are no keys.");
        });
    }

    private LargeObjects store(String region) {
        if (lost.contains(region)) {
            throw FailureType.UNAVAILABLE.failure("Cannot list in " + region + ": it is lost. Wait.");
        }
        return stores.get(region);
    }

    private static BackupPlace place(String region) {
        return new BackupPlace(region, BUCKET, "orders", "orders-db");
    }

    private void backup(String region, String id, int bytes) {
        put(region, FOLDER + id + "/database.dump.zst.age", bytes);
        put(region, FOLDER + id + "/manifest.json", 1);
    }

    private void unfinished(String region, String id, int bytes) {
        put(region, FOLDER + id + "/database.dump.zst.age", bytes);
    }

    private void proof(String region, String id, String at) {
        put(region, FOLDER + id + "/proven-" + at + ".json", 1);
    }

    private void put(String region, String key, int bytes) {
        try (Upload upload = stores.get(region).create(BUCKET, key, Optional.empty())) {
            upload.write(new byte[bytes]);
            upload.complete();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BackupPolicy policy(String name, int hours, String... copies) {
        return policy(name, Method.LOGICAL, Optional.empty(), Optional.empty(), hours, copies);
    }

    private static BackupPolicy policy(
            String name,
            Method method,
            Optional<LogArchive> archive,
            Optional<Increments> increments,
            int hours,
            String... copies) {
        return new BackupPolicy(
                name,
                method,
                Duration.ofHours(hours),
                "critical",
                new BucketPlace(WEST, BUCKET),
                List.of(copies).stream()
                        .map(region -> new BucketPlace(region, BUCKET))
                        .toList(),
                new Keep(0, 7, 0, 0, 0),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                archive,
                Optional.empty(),
                increments,
                Optional.empty(),
                Optional.empty());
    }

    private static Runbook orders(BackupPolicy... policies) {
        Runbook read = new RunbookReader()
                .read(Path.of("..", "runbooks", "catalog", "orders.yaml"))
                .runbook();
        Datastore database = read.datastores().getFirst();
        return new Runbook(
                read.apiVersion(),
                read.service(),
                read.description(),
                read.owner(),
                read.regions(),
                read.objectives(),
                read.ledger(),
                List.of(new Datastore(
                        database.name(), database.kind(), database.instances(), database.maxLag(), List.of(policies))),
                read.workloads(),
                read.traffic(),
                read.fence(),
                read.smokeTests(),
                read.approvals(),
                read.schedules(),
                read.client());
    }
}
