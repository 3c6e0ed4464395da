package io.lifeboat.activity.database.postgresql;

import static io.lifeboat.activity.database.PostgresPair.EAST;
import static io.lifeboat.activity.database.PostgresPair.WEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.activity.backup.BackupChain;
import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.BackupException.Kind;
import io.lifeboat.activity.backup.BackupPlace;
import io.lifeboat.activity.database.DatabaseInstance;
import io.lifeboat.activity.database.Deadline;
import io.lifeboat.activity.database.Eventually;
import io.lifeboat.activity.database.Lsn;
import io.lifeboat.activity.database.PostgresPair;
import io.lifeboat.activity.database.PostgresTool;
import io.lifeboat.activity.encryption.age.AgeEncryption;
import io.lifeboat.activity.encryption.age.AgeKeys;
import io.lifeboat.activity.manifest.Manifest;
import io.lifeboat.activity.manifest.ManifestSeal;
import io.lifeboat.activity.storage.LargeObjectsInMemory;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Base backups of a real PostgreSQL through the whole chain, and their recovery to every kind of target. */
class PostgresSandboxIT {
    private static final String BUCKET = "backups";
    private static final String ID = "20261121T020000Z";
    private static final BackupPlace PLACE = new BackupPlace(WEST, BUCKET, "orders", "orders-db");
    private static final String TAR = "orders/orders-db/" + ID + "/base.tar.zst.age";
    private static final Instant RETAIN_UNTIL = Instant.parse("2099-01-01T00:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String PRODUCTION = "production.invalid";
    private static final RecoveryTarget END = new RecoveryTarget.EndOfArchive();

    @TempDir
    static Path archived;

    private static final LargeObjectsInMemory STORE = new LargeObjectsInMemory(BUCKET);
    private static PostgresPair pair;
    private static BackupChain chain;
    private static Manifest backup;
    private static Instant between;
    private static Lsn afterFirst;
    /** The segments that hold the three markers, each alone in its own. */
    private static List<String> segments;

    @TempDir
    private Path spoiled;

    private final PostgresSandbox sandboxes = new PostgresSandbox(
            Optional.of(PostgresTool.programs()),
            System.getProperty("user.name").equals("root") ? Optional.of("nobody") : Optional.empty());
    private final List<SandboxProgress> progress = new ArrayList<>();
    private final Path above = enterableFolder();
    private final Path folder = above.resolve("sandbox");

    @BeforeAll
    static void takeBackupAndArchiveLog() throws Exception {
        pair = PostgresPair.primaryOnly();
        chain = chain();
        sql("CREATE TABLE markers (what text)", "INSERT INTO markers VALUES ('in the backup')");
        actAsProduction();
        Process receiving = receiveLog();
        try {
            backup = chain.take(
                    new PostgresBaseBackup(Optional.of(PostgresTool.programs())),
                    pair.instance(EAST),
                    PLACE,
                    ID,
                    Optional.empty(),
                    RETAIN_UNTIL,
                    Optional.empty());
            segments = new ArrayList<>();
            sql("INSERT INTO markers VALUES ('first')");
            afterFirst = Lsn.parse(ask("SELECT pg_current_wal_insert_lsn()"));
            ask("SELECT pg_create_restore_point('the point')");
            between = Instant.parse(ask(
                    "SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC'," + " 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"));
            switchSegment();
            sql("INSERT INTO markers VALUES ('second')");
            switchSegment();
            sql("INSERT INTO markers VALUES ('third')");
            switchSegment();
            Eventually.holds(PATIENCE, () -> Files.exists(archived.resolve(segments.getLast())));
        } finally {
            receiving.destroyForcibly().waitFor();
        }
    }

    @AfterAll
    static void stopPrimary() {
        if (pair != null) {
            pair.close();
        }
    }

    @AfterEach
    void destroySandbox() throws IOException {
        sandboxes.destroy(folder);
        Files.deleteIfExists(above);
    }

    @Test
    void manifestSaysWhereTheBackupBeginsAndEnds() {
        RecoveryWindow window = RecoveryWindow.of(backup);

        assertThat(backup.method()).isEqualTo("basebackup");
        assertThat(backup.parts()).extracting(Manifest.Part::name).containsExactly("base.tar");
        assertThat(backup.source())
                .containsEntry("timeline", "1")
                .containsEntry("database", "orders")
                .containsKeys("systemIdentifier", "serverVersion");
        assertThat(Lsn.parse(backup.source().get("lsn"))).isLessThan(window.lsn());
        assertThat(window.lsn()).isLessThan(afterFirst);
        assertThat(window.time()).isAfter(backup.began()).isBefore(between);
        assertThat(backup.tools().get("pg_basebackup")).startsWith("pg_basebackup (PostgreSQL) 1");
    }

    @Test
    void recoversToTheEndOfTheArchive() throws Exception {
        RecoveredInstance recovered = recover(END);

        assertThat(markers(recovered)).containsExactly("in the backup", "first", "second", "third");
        assertThat(recovered.recoveredTimeline()).isEqualTo(1);
        assertThat(recovered.timeline()).isEqualTo(2);
        assertThat(recovered.why()).isEqualTo("no recovery target specified");
        assertThat(recovered.lastCommit())
                .hasValueSatisfying(commit -> assertThat(commit).isAfter(between));
        assertThat(recovered.timings().unpackedBytes())
                .isEqualTo(backup.parts().getFirst().sums().plainBytes());
        assertThat(recovered.timings().replayedBytes()).isGreaterThanOrEqualTo(3L << 24);
        assertThat(recovered.timings().toWritable())
                .isGreaterThan(
                        recovered.timings().unpack().plus(recovered.timings().recovery()));
        assertThat(progress).extracting(SandboxProgress::phase).contains(SandboxProgress.Phase.UNPACKING);
    }

    @Test
    void recoversToAMomentBetweenTwoCommits() throws Exception {
        RecoveredInstance recovered = recover(new RecoveryTarget.Time(between, true));

        assertThat(markers(recovered)).containsExactly("in the backup", "first");
        assertThat(recovered.lastCommit())
                .hasValueSatisfying(commit -> assertThat(commit).isBefore(between));
        assertThat(recovered.reached()).isGreaterThan(RecoveryWindow.of(backup).lsn());
    }

    @Test
    void recoversToALogPosition() throws Exception {
        RecoveredInstance recovered = recover(new RecoveryTarget.Position(afterFirst, true));

        assertThat(markers(recovered)).containsExactly("in the backup", "first");
        assertThat(recovered.reached()).isGreaterThanOrEqualTo(afterFirst);
    }

    @Test
    void recoversToANamedPoint() throws Exception {
        RecoveredInstance recovered = recover(new RecoveryTarget.Name("the point"));

        assertThat(markers(recovered)).containsExactly("in the backup", "first");
        assertThat(recovered.why()).contains("the point");
    }

    @Test
    void needsNoArchiveForTheBackupAlone() throws Exception {
        RecoveredInstance recovered = recover(new RecoveryTarget.Immediate(), new ArchiveInFolder(spoiled));

        assertThat(markers(recovered)).containsExactly("in the backup");
    }

    @Test
    void refusesATargetBeforeTheBackupsEndAndNamesTheReachableWindow() {
        RecoveryWindow window = RecoveryWindow.of(backup);

        assertThatThrownBy(() -> recover(new RecoveryTarget.Time(backup.began(), true)))
                .isInstanceOfSatisfying(
                        BackupException.class, e -> assertThat(e.kind()).isEqualTo(Kind.PRECONDITION))
                .hasMessageContaining("any moment from " + window.time() + " (log position " + window.lsn() + ")");
        assertThatThrownBy(() -> recover(
                        new RecoveryTarget.Position(Lsn.parse(backup.source().get("lsn")), true)))
                .hasMessageContaining("older backup");
        assertThat(folder).doesNotExist();
    }

    @Test
    void saysThatTheLogEndsBeforeTheTarget() throws Exception {
        assertThatThrownBy(() -> recover(new RecoveryTarget.Time(Instant.parse("2099-01-01T00:00:00Z"), true)))
                .isInstanceOfSatisfying(
                        BackupException.class, e -> assertThat(e.kind()).isEqualTo(Kind.PRECONDITION))
                .hasMessageContaining("time 2099-01-01T00:00:00Z: the archived log ends before it")
                .hasMessageContaining("the last commit replayed is of ")
                .hasMessageContaining(
                        "any moment from " + RecoveryWindow.of(backup).time());
        assertThat(new SandboxProcesses(folder).all()).isEmpty();
    }

    @Test
    void namesAMissingSegmentThoughTheServerTakesItForTheEnd() throws Exception {
        WalSource gap = spoiledArchive();
        Files.delete(spoiled.resolve(segments.get(1)));

        assertThatThrownBy(() -> recover(END, gap))
                .isInstanceOfSatisfying(
                        BackupException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CORRUPT))
                .hasMessageContaining("WAL segment " + segments.get(1) + " is missing")
                .hasMessageContaining("goes on to " + segments.get(2));
        assertThatThrownBy(() -> recover(new RecoveryTarget.Time(Instant.now(), true), gap))
                .hasMessageContaining("WAL segment " + segments.get(1) + " is missing");
        assertThat(new SandboxProcesses(folder).all()).isEmpty();
    }

    @Test
    void namesAnEmptySegment() throws Exception {
        WalSource emptied = spoiledArchive();
        Files.write(spoiled.resolve(segments.get(1)), new byte[0]);

        assertThatThrownBy(() -> recover(END, emptied))
                .isInstanceOfSatisfying(
                        BackupException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CORRUPT))
                .hasMessageContaining("WAL segment " + segments.get(1) + " has 0 bytes instead of 16777216");
    }

    @Test
    void findsADamagedSegmentThoughTheServerTakesItForTheEnd() throws Exception {
        WalSource damaged = spoiledArchive();
        try (RandomAccessFile segment =
                new RandomAccessFile(spoiled.resolve(segments.get(1)).toFile(), "rw")) {
            segment.seek(60);
            segment.write(new byte[] {1, 2, 3, 4});
        }

        assertThatThrownBy(() -> recover(END, damaged))
                .isInstanceOfSatisfying(
                        BackupException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CORRUPT))
                .hasMessageContaining("damaged");
    }

    @Test
    void givesUpWhenTheArchiveCannotBeReadInsteadOfEndingEarly() {
        WalSource unreachable = new WalSource() {
            @Override
            public boolean fetch(String fileName, Path to) throws IOException {
                throw new IOException("the bucket does not answer");
            }

            @Override
            public Optional<String> newestSegment(long timeline) {
                return Optional.empty();
            }
        };

        assertThatThrownBy(() -> recover(END, unreachable))
                .isInstanceOfSatisfying(
                        BackupException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
                .hasMessageContaining("the bucket does not answer");
    }

    @Test
    void refusesATimelineThatTheArchiveHasNot() {
        assertThatThrownBy(() -> recover(END, new ArchiveInFolder(archived), OptionalLong.of(7)))
                .isInstanceOfSatisfying(
                        BackupException.class, e -> assertThat(e.kind()).isEqualTo(Kind.PRECONDITION))
                .hasMessageContaining("recovery target timeline 7 does not exist");
    }

    @Test
    void flippedBitIsFoundBeforeAnythingIsUnpacked() {
        byte[] whole = STORE.bytes(BUCKET, TAR);
        byte[] flipped = whole.clone();
        flipped[flipped.length / 2] ^= 4;
        STORE.overwrite(BUCKET, TAR, flipped);
        try {
            assertThatThrownBy(() -> recover(END))
                    .isInstanceOfSatisfying(
                            BackupException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CORRUPT))
                    .hasMessageContaining("base.tar has");
        } finally {
            STORE.overwrite(BUCKET, TAR, whole);
        }
        assertThat(folder).doesNotExist();
    }

    @Test
    void isCutOffFromProductionAndFoundByItsFolderAloneUntilNothingIsLeft() throws Exception {
        RecoveredInstance recovered = recover(new RecoveryTarget.Immediate());
        SandboxProcesses processes = new SandboxProcesses(folder.toRealPath());

        Optional<DatabaseInstance> found = sandboxes.find(folder);

        assertThat(found).contains(recovered.instance());
        assertThat(setting(recovered, "port")).isNotEqualTo(ask("SHOW port"));
        assertThat(setting(recovered, "archive_mode")).isEqualTo("off");
        assertThat(setting(recovered, "primary_conninfo")).isEmpty();
        assertThat(setting(recovered, "shared_preload_libraries")).isEmpty();
        assertThat(Files.readString(folder.resolve("data/postgresql.conf"))).doesNotContain(PRODUCTION);
        assertThat(setting(recovered, "max_logical_replication_workers")).isEqualTo("0");
        assertThat(recovered.toString()).doesNotContain(password(recovered));
        assertThat(Files.getPosixFilePermissions(folder)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(processes.all()).isNotEmpty();
        sandboxes.destroy(folder);
        assertThat(folder).doesNotExist();
        assertThat(processes.all()).isEmpty();
        sandboxes.destroy(folder);
        assertThat(sandboxes.find(folder)).isEmpty();
    }

    @Test
    void replacesWhatAKilledWorkerLeftRunning() throws Exception {
        RecoveredInstance left = recover(new RecoveryTarget.Immediate());

        RecoveredInstance next = recover(new RecoveryTarget.Immediate());

        assertThatThrownBy(() -> markers(left)).isInstanceOf(SQLException.class);
        assertThat(markers(next)).containsExactly("in the backup");
        new SandboxProcesses(folder.toRealPath()).killAll();
        sandboxes.destroy(folder);
        assertThat(folder).doesNotExist();
    }

    @Test
    void strangerIsNotTakenForTheSandbox() {
        PostgresUri production = PostgresUri.parse(pair.uri(EAST));

        assertThatThrownBy(() -> Isolation.check(production, folder))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("Will not use the server");
    }

    @Test
    void touchesNoFolderThatIsNoSandbox() throws Exception {
        Path precious = Files.writeString(Files.createDirectory(folder).resolve("precious"), "keep me");
        try {
            assertThatThrownBy(() -> recover(END))
                    .isInstanceOf(BackupException.class)
                    .hasMessageContaining("no sandbox");
            assertThatThrownBy(() -> sandboxes.destroy(folder)).isInstanceOf(BackupException.class);
            assertThat(precious).hasContent("keep me");
        } finally {
            Files.delete(precious);
        }
    }

    /** What would make a copy of it fail, or act on production, if it were left in. */
    private static void actAsProduction() throws SQLException {
        try (Connection admin = pair.administrator(EAST, "postgres")) {
            pair.execute(admin, "ALTER SYSTEM SET archive_mode = on");
            pair.execute(admin, "ALTER SYSTEM SET archive_command = 'exit 1'");
            pair.execute(admin, "ALTER SYSTEM SET primary_conninfo = 'host=" + PRODUCTION + "'");
            pair.execute(admin, "ALTER SYSTEM SET shared_preload_libraries = 'library_that_is_not_here'");
            pair.execute(admin, "ALTER SYSTEM SET synchronous_standby_names = '*'");
            pair.execute(admin, "ALTER SYSTEM SET shared_buffers = '900GB'");
        }
    }

    private RecoveredInstance recover(RecoveryTarget target) {
        return recover(target, new ArchiveInFolder(archived));
    }

    private RecoveredInstance recover(RecoveryTarget target, WalSource wal) {
        return recover(target, wal, OptionalLong.empty());
    }

    private RecoveredInstance recover(RecoveryTarget target, WalSource wal, OptionalLong timeline) {
        return chain.open(
                PLACE,
                ID,
                (manifest, parts) -> sandboxes.recover(new SandboxRequest(
                        folder, freePort(), manifest, parts, wal, target, timeline, PATIENCE, progress::add)));
    }

    private WalSource spoiledArchive() throws IOException {
        return new ArchiveInFolder(archived).copyTo(spoiled);
    }

    private static List<String> markers(RecoveredInstance sandbox) throws SQLException {
        try (Connection session = DriverManager.getConnection(
                        "jdbc:" + sandbox.instance().connection().replaceFirst("//.*@", "//"),
                        PostgresUri.parse(sandbox.instance().connection()).user(),
                        password(sandbox));
                Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery("SELECT what FROM markers")) {
            List<String> markers = new ArrayList<>();
            while (rows.next()) {
                markers.add(rows.getString(1));
            }
            return markers;
        }
    }

    private static String setting(RecoveredInstance sandbox, String name) {
        PostgresUri uri = PostgresUri.parse(sandbox.instance().connection());
        try (PostgresConnection session = PostgresConnection.open(uri, uri.database(), Deadline.in(PATIENCE))) {
            return session.one("SELECT current_setting(?)", row -> row.getString(1), name);
        }
    }

    private static String password(RecoveredInstance sandbox) {
        return PostgresUri.parse(sandbox.instance().connection()).password();
    }

    private static void switchSegment() throws SQLException {
        segments.add(ask("SELECT pg_walfile_name(pg_switch_wal())"));
    }

    private static void sql(String... statements) throws SQLException {
        try (Connection session = pair.service(EAST)) {
            for (String statement : statements) {
                pair.execute(session, statement);
            }
        }
    }

    private static String ask(String query) throws SQLException {
        try (Connection session = pair.administrator(EAST, "orders");
                Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static Process receiveLog() throws IOException {
        PostgresUri source = PostgresUri.parse(pair.uri(EAST));
        ProcessBuilder receiving = new ProcessBuilder(
                        PostgresTool.programs().resolve("pg_receivewal").toString(),
                        "--directory=" + archived,
                        "--no-password",
                        "--no-sync")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        receiving
                .environment()
                .putAll(Map.of(
                        "PGHOST", source.host(),
                        "PGPORT", Integer.toString(source.port()),
                        "PGUSER", source.user(),
                        "PGPASSWORD", source.password()));
        return receiving.start();
    }

    private static BackupChain chain() throws Exception {
        AgeKeys key = AgeKeys.generate();
        KeyPair signing = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        return new BackupChain(
                region -> STORE,
                new AgeEncryption(Map.of("us-west-2", key.recipient()), List.of(key.identity())),
                new ManifestSeal("2026", signing.getPrivate(), Map.of("2026", signing.getPublic())),
                Clock.systemUTC());
    }

    /** PostgreSQL's user has to get through it, and JUnit's folders are closed. */
    private static Path enterableFolder() {
        try {
            Path made = Files.createTempDirectory("lifeboat-sandbox-");
            return Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwx--x--x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InetSocketAddress freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
