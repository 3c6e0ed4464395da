package io.lifeboat.activity.wal;

import static io.lifeboat.activity.database.PostgresPair.EAST;
import static io.lifeboat.activity.database.PostgresPair.WEST;
import static io.lifeboat.activity.wal.WalFixture.BUCKET;
import static org.assertj.core.api.Assertions.assertThat;

import io.lifeboat.activity.database.Eventually;
import io.lifeboat.activity.database.Lsn;
import io.lifeboat.activity.database.PostgresPair;
import io.lifeboat.activity.database.RecoveredServer;
import io.lifeboat.activity.database.postgresql.PostgresEngine;
import io.lifeboat.activity.database.postgresql.PostgresWalServer;
import io.lifeboat.activity.storage.LargeObjects;
import io.lifeboat.activity.storage.LargeObjects.ListedObject;
import io.lifeboat.activity.storage.LargeObjectsInMemory;
import io.lifeboat.activity.wal.WalStatus.Phase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The log of a real PostgreSQL on its way into the archive, and what can get in between. */
class WalReceiverIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration SHIP = Duration.ofMillis(200);
    private static final int SEGMENT = 1 << 20;
    private static final Duration LATER = Duration.ofHours(1);
    private static final AtomicInteger NAMES = new AtomicInteger();

    @AutoClose
    private static PostgresPair pair;

    private static Connection session;
    private static String system;

    /** Each test has a service of its own, and with it a slot and a folder. */
    private final String service = "orders-" + NAMES.incrementAndGet();

    private final String slot = WalReceiver.slotName(service, "orders-db");
    private final LargeObjectsInMemory memory = new LargeObjectsInMemory(BUCKET);
    private final ObjectsThatFail store = new ObjectsThatFail(memory);
    private final WalArchive archive = WalFixture.archive(memory, service);

    @BeforeAll
    static void startPrimary() throws SQLException {
        pair = PostgresPair.primaryOnly();
        session = pair.administrator(EAST, "orders");
        system = one("SELECT system_identifier FROM pg_control_system()");
        execute("CREATE TABLE load (n bigint, what text)");
    }

    @AfterEach
    void dropSlot() throws SQLException {
        Eventually.holds(
                PATIENCE,
                () -> one("SELECT count(*) FROM pg_replication_slots WHERE active AND slot_name = '" + slot + "'")
                        .equals("0"));
        execute("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = '" + slot
                + "'");
    }

    @Test
    void storesEverySegmentAsTheServerHasIt() throws Exception {
        try (WalReceiver receiver = receiver(store, LATER)) {
            receiver.start();
            awaitPhase(receiver, Phase.RECEIVING);
            execute("INSERT INTO load SELECT n, repeat(md5(n::text), 8) FROM generate_series(1, 10000) n");
            Lsn end = switchSegment();

            awaitStored(receiver, end);

            assertThat(timeline().gaps()).isEmpty();
            assertThat(segments()).hasSizeGreaterThanOrEqualTo(3).allSatisfy(this::isTheServers);
            assertThat(receiver.status().error()).isEmpty();
        }
    }

    @Test
    void partOfASegmentIsStoredInTimeAndReplacedByMore() throws Exception {
        try (WalReceiver receiver = receiver(store, SHIP)) {
            receiver.start();
            awaitPhase(receiver, Phase.RECEIVING);
            switchSegment();
            Lsn written = insert();

            awaitStored(receiver, written);

            WalTimeline stored = timeline();
            byte[] fetched = fetched(stored.last());
            int length = Math.toIntExact(stored.last().start().bytesTo(stored.position()));
            assertThat(fetched).hasSize(SEGMENT);
            assertThat(sha256(Arrays.copyOf(fetched, length))).isEqualTo(servers(stored.last(), length));
            assertThat(Arrays.copyOfRange(fetched, length, fetched.length)).containsOnly(0);

            Lsn end = switchSegment();
            awaitStored(receiver, end);
            assertThat(keys()).noneMatch(key -> key.contains(stored.last() + ".") && key.contains(".partial"));
            isTheServers(stored.last());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 8})
    void leavesNoGapAndNothingTwiceWhenItDiesInTheMiddle(int changes) throws Exception {
        try (WalReceiver receiver = receiver(store, SHIP)) {
            receiver.start();
            awaitPhase(receiver, Phase.RECEIVING);
            store.failAfter(changes);
            insert();
            switchSegment();
            insert();
            Eventually.holds(PATIENCE, () -> {
                insert();
                return store.hasFailed();
            });
        }
        insert();
        Lsn end = switchSegment();

        try (WalReceiver receiver = receiver(memory, SHIP)) {
            receiver.start();
            awaitStored(receiver, end);
        }

        assertThat(timeline().gaps()).isEmpty();
        assertThat(segments()).doesNotHaveDuplicates().allSatisfy(this::isTheServers);
        List<String> parts = keys().stream()
                .filter(key -> key.contains(".partial") && key.endsWith(".json"))
                .toList();
        assertThat(parts).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void confirmsNothingWhileTheStoreIsAwayAndCatchesUp() throws Exception {
        try (WalReceiver receiver = receiver(store, SHIP)) {
            receiver.start();
            awaitStored(receiver, insert());
            store.failAfter(0);
            Lsn before = timeline().position();
            insert();
            switchSegment();
            Lsn end = switchSegmentAfterInsert();
            awaitPhase(receiver, Phase.FAILING);

            assertThat(receiver.status().error().orElseThrow()).contains("it does not answer");
            assertThat(Lsn.parse(one("SELECT restart_lsn FROM pg_replication_slots WHERE slot_name = '" + slot + "'")))
                    .isLessThanOrEqualTo(before);

            store.mend();
            awaitStored(receiver, end);
            assertThat(timeline().gaps()).isEmpty();
        }
    }

    @Test
    void secondReceiverWaitsAndTakesOver() throws Exception {
        try (WalReceiver second = receiver(memory, SHIP)) {
            try (WalReceiver first = receiver(memory, SHIP)) {
                first.start();
                awaitStored(first, insert());
                second.start();
                awaitPhase(second, Phase.WAITING);
                awaitStored(first, insert());
                assertThat(second.status().phase()).isEqualTo(Phase.WAITING);
            }

            awaitStored(second, insert());
            awaitStored(second, switchSegment());
        }
        assertThat(timeline().gaps()).isEmpty();
        assertThat(segments()).allSatisfy(this::isTheServers);
    }

    @Test
    void logOfAnotherSystemIsRefused() throws Exception {
        archive.writer("42", SEGMENT).history(2, "1\t0/3000060\tpromoted\n".getBytes(StandardCharsets.UTF_8));

        try (WalReceiver receiver = receiver(memory, SHIP)) {
            receiver.start();
            awaitPhase(receiver, Phase.FAILING);

            assertThat(receiver.status().error().orElseThrow()).contains("system " + system, "system 42");
            assertThat(archive.systems()).containsExactly("42");
        }
    }

    @Test
    void saysWhatIsMissingAndGoesOnOnlyWhenTheGapIsAccepted() throws Exception {
        WalSegment before = new WalSegment(1, 0, SEGMENT); // no cluster keeps that
        archive.writer(system, SEGMENT).segment(before, new byte[SEGMENT], 100);

        try (WalReceiver receiver = receiver(memory, SHIP)) {
            receiver.start();
            awaitPhase(receiver, Phase.FAILING);
            assertThat(receiver.status().error().orElseThrow())
                    .contains("missing from 0/64 to ", "the server no longer has it", "take a new base backup");

            archive.acceptGap("ana", "the disk was full, and nobody needs that day", Instant.now());
            awaitStored(receiver, insert());

            assertThat(timeline().gaps()).hasSize(1);
            assertThat(timeline().gaps().getFirst().from()).isEqualTo(before);
        }
    }

    @Test
    void baseBackupIsRecoveredToTheNewestCommit() throws Exception {
        try (WalReceiver receiver = receiver(memory, SHIP)) {
            receiver.start();
            awaitPhase(receiver, Phase.RECEIVING);
            try (RecoveredServer recovered = RecoveredServer.of(pair, EAST)) {
                execute("INSERT INTO load SELECT n, repeat(md5(n::text), 8) FROM generate_series(1, 10000) n");
                execute("INSERT INTO load VALUES (-1, 'the newest commit')");
                awaitStored(receiver, position());
                fetchAll(recovered.logFiles());

                recovered.recover();

                assertThat(recovered.one("SELECT what FROM load WHERE n = -1")).isEqualTo("the newest commit");
                assertThat(recovered.one("SELECT count(*) FROM load")).isEqualTo(one("SELECT count(*) FROM load"));
            }
            execute("DELETE FROM load WHERE n = -1");
        }
    }

    @Test
    void followsAPromotionOntoTheNewTimelineWhetherItWasThereOrNot() throws Exception {
        LargeObjectsInMemory other = new LargeObjectsInMemory(BUCKET);
        WalArchive absent = WalFixture.archive(other, service);
        try (PostgresPair own = PostgresPair.start()) {
            Lsn after;
            try (WalReceiver receiver = receiver(own, WEST, archive)) {
                receiver.start();
                awaitPhase(receiver, Phase.RECEIVING);
                try (WalReceiver first = receiver(own, EAST, absent)) {
                    first.start();
                    awaitStored(first, write(own, EAST));
                }
                Lsn last = IntStream.range(0, 3)
                        .mapToObj(n -> write(own, EAST))
                        .toList()
                        .getLast();
                awaitStored(receiver, last);
                own.kill(EAST);
                new PostgresEngine().promote(own.instance(WEST), () -> {}, Duration.ofSeconds(10));
                after = write(own, WEST);
                awaitTimeline(receiver, 2);
                awaitStored(receiver, after);
            }
            try (WalReceiver second = receiver(own, WEST, absent)) {
                second.start();
                awaitTimeline(second, 2);
                awaitStored(second, after);
            }

            holdsBothTimelines(archive);
            holdsBothTimelines(absent);
        }
    }

    private static void holdsBothTimelines(WalArchive archive) throws IOException {
        String id = archive.systems().getFirst();
        List<WalTimeline> timelines = archive.timelines(id);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        assertThat(archive.fetch(id, "00000002.history", file)).isTrue();
        Lsn left = TimelineHistory.parse(2, file.toByteArray()).end(1).orElseThrow();
        assertThat(timelines).extracting(WalTimeline::timeline).containsExactly(1L, 2L);
        assertThat(timelines).allSatisfy(timeline -> assertThat(timeline.gaps()).isEmpty());
        assertThat(timelines.getFirst().position()).isEqualTo(left);
        assertThat(timelines.getLast().first()).isEqualTo(WalSegment.containing(2, left, SEGMENT));
    }

    @Test
    void serverThatShutsDownWaitsForNothingButItsLastBytes() throws Exception {
        try (PostgresPair own = PostgresPair.primaryOnly();
                WalReceiver receiver = new WalReceiver(
                        service, "orders-db", () -> own.instance(EAST), new PostgresWalServer(), archive, LATER)) {
            receiver.start();
            awaitPhase(receiver, Phase.RECEIVING);
            Lsn written = write(own, EAST);

            own.shutDown(EAST);

            assertThat(archive.timelines(archive.systems().getFirst())
                            .getFirst()
                            .position())
                    .isGreaterThan(written);
        }
    }

    private WalReceiver receiver(PostgresPair servers, String region, WalArchive into) {
        return new WalReceiver(
                service,
                "orders-db",
                () -> servers.instance(region),
                new PostgresWalServer(),
                into,
                SHIP,
                Duration.ofMillis(50));
    }

    private static void awaitTimeline(WalReceiver receiver, long timeline) {
        Eventually.holds(PATIENCE, () -> receiver.status().timeline() == timeline);
    }

    /** A segment and a bit. */
    private static Lsn write(PostgresPair servers, String region) {
        try (Connection administrator = servers.administrator(region, "orders")) {
            servers.execute(administrator, "CREATE TABLE IF NOT EXISTS more (n int)");
            servers.execute(administrator, "SELECT pg_switch_wal()");
            servers.execute(administrator, "INSERT INTO more VALUES (1)");
            return Lsn.parse(one(administrator, "SELECT pg_current_wal_flush_lsn()"));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private WalReceiver receiver(LargeObjects objects, Duration ship) {
        return new WalReceiver(
                service,
                "orders-db",
                new NewestPrimary(pair.databases(), pair.datastore(PATIENCE)),
                new PostgresWalServer(),
                WalFixture.archive(objects, service),
                ship,
                Duration.ofMillis(50));
    }

    private static void awaitPhase(WalReceiver receiver, Phase phase) {
        Eventually.holds(PATIENCE, () -> receiver.status().phase() == phase);
    }

    private static void awaitStored(WalReceiver receiver, Lsn position) {
        Eventually.holds(
                PATIENCE,
                () -> receiver.status()
                        .stored()
                        .filter(s -> s.compareTo(position) >= 0)
                        .isPresent());
    }

    private WalTimeline timeline() {
        return archive.timelines(system).getFirst();
    }

    /** Every segment that is stored as a whole. */
    private List<WalSegment> segments() {
        return keys().stream()
                .map(key -> key.substring(key.lastIndexOf('/') + 1))
                .filter(name -> name.endsWith(".json") && !name.contains(".partial"))
                .flatMap(name -> WalSegment.parse(name.replace(".json", ""), SEGMENT).stream())
                .toList();
    }

    private List<String> keys() {
        return memory.list(BUCKET, "").stream().map(ListedObject::key).toList();
    }

    private void isTheServers(WalSegment segment) throws IOException, SQLException {
        assertThat(sha256(fetched(segment))).as(segment.name()).isEqualTo(servers(segment, SEGMENT));
    }

    private byte[] fetched(WalSegment segment) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(archive.fetch(system, segment.name(), out)).isTrue();
        return out.toByteArray();
    }

    private void fetchAll(Path folder) throws IOException {
        WalTimeline timeline = timeline();
        for (WalSegment s = timeline.first(); s.number() <= timeline.last().number(); s = s.next()) {
            assertThat(archive.fetch(system, s.name(), folder.resolve(s.name())))
                    .isTrue();
        }
    }

    /** SHA-256 of the first bytes of a segment on the server. */
    private static String servers(WalSegment segment, int length) throws SQLException {
        return one("SELECT encode(sha256(pg_read_binary_file('pg_wal/" + segment.name() + "', 0, " + length
                + ")), 'hex')");
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Lsn insert() throws SQLException {
        execute("INSERT INTO load VALUES (0, 'one')");
        return position();
    }

    private static Lsn position() throws SQLException {
        return Lsn.parse(one("SELECT pg_current_wal_flush_lsn()"));
    }

    private static Lsn switchSegmentAfterInsert() throws SQLException {
        insert();
        return switchSegment();
    }

    /** Ends the segment; the position where the next begins. */
    private static Lsn switchSegment() throws SQLException {
        Lsn switched = Lsn.parse(one("SELECT pg_switch_wal()"));
        return new Lsn((switched.position() + SEGMENT - 1) / SEGMENT * SEGMENT);
    }

    private static void execute(String sql) throws SQLException {
        pair.execute(session, sql);
    }

    private static String one(String query) throws SQLException {
        return one(session, query);
    }

    private static String one(Connection session, String query) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
