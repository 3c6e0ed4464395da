package io.lifeboat.activity.database.postgresql.pgbackrest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.BackupException.Kind;
import io.lifeboat.activity.database.Eventually;
import io.lifeboat.activity.database.Lsn;
import io.lifeboat.activity.database.PostgresTool;
import io.lifeboat.activity.database.postgresql.PostgresEngine;
import io.lifeboat.activity.database.postgresql.PostgresSandbox;
import io.lifeboat.activity.database.postgresql.RecoveredInstance;
import io.lifeboat.activity.database.postgresql.RecoveryTarget;
import io.lifeboat.activity.database.postgresql.SandboxProgress;
import io.lifeboat.activity.database.postgresql.SandboxRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Recoveries, by pgBackRest, of an incremental backup and the log after it, in an isolated instance. */
@Order(1) // among the longest
class PgBackRestRecoveryIT {
    private static final String FULL = "20261121T020000Z-nightly";
    private static final String INCR = "20261122T020000Z-nightly";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @AutoClose
    private static PgBackRestPrimary primary;

    private static Path above;
    private static Lsn afterFirst;
    private static Instant between;
    private static List<String> segments;

    private final PostgresSandbox sandboxes =
            new PostgresSandbox(Optional.of(PostgresTool.debian(PgBackRestPrimary.MAJOR)), PgBackRestPrimary.runAs());
    private final List<SandboxProgress> progress = new ArrayList<>();

    /** Three markers after the backup, each in a segment of its own; after the first one a named point and a moment to recover to. */
    @BeforeAll
    static void takeBackupsAndArchiveLog() throws Exception {
        primary = PgBackRestPrimary.start();
        above = primary.folder("isolated");
        primary.execute("CREATE TABLE markers (what text)", "INSERT INTO markers VALUES ('in the full backup')");
        primary.take(FULL, BackupType.FULL);
        primary.execute(
                "CREATE TABLESPACE fast LOCATION '" + primary.folder("fast") + "'",
                "CREATE TABLE beside TABLESPACE fast AS SELECT 1 AS one",
                "INSERT INTO markers VALUES ('in the backup')");
        primary.take(INCR, BackupType.INCR);
        primary.execute("INSERT INTO markers VALUES ('first')");
        afterFirst = Lsn.parse(primary.ask("SELECT pg_current_wal_insert_lsn()"));
        primary.ask("SELECT pg_create_restore_point('the point')");
        between = Instant.parse(primary.ask(
                "SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"));
        segments = List.of(switchSegment(), marked("second"), marked("third"));
        Eventually.holds(PATIENCE, () -> stored(segments.getLast()).isPresent());
    }

    @AfterEach
    void destroySandbox() throws IOException {
        sandboxes.destroy(folder());
    }

    @Test
    void recoversToTheEndOfTheArchiveAndSaysHowItWent() {
        RecoveredInstance recovered = recover(new RecoveryTarget.EndOfArchive());

        assertThat(markers(recovered)).isEqualTo("in the full backup, in the backup, first, second, third");
        assertThat(recovered.recoveredTimeline()).isEqualTo(1);
        assertThat(recovered.timings().unpackedBytes()).isGreaterThan(20_000_000);
        assertThat(recovered.timings().replayedBytes()).isGreaterThanOrEqualTo(3L << 20);
        assertThat(progress).extracting(SandboxProgress::phase).contains(SandboxProgress.Phase.UNPACKING);
    }

    @Test
    void recoversToAMomentBetweenTwoCommits() {
        RecoveredInstance recovered = recover(new RecoveryTarget.Time(between, true));

        assertThat(markers(recovered)).isEqualTo("in the full backup, in the backup, first");
    }

    @Test
    void recoversToALogPosition() {
        RecoveredInstance recovered = recover(new RecoveryTarget.Position(afterFirst, true));

        assertThat(markers(recovered)).isEqualTo("in the full backup, in the backup, first");
        assertThat(recovered.reached()).isGreaterThanOrEqualTo(afterFirst);
    }

    @Test
    void recoversToANamedPoint() {
        RecoveredInstance recovered = recover(new RecoveryTarget.Name("the point"));

        assertThat(markers(recovered)).isEqualTo("in the full backup, in the backup, first");
        assertThat(recovered.why()).contains("the point");
    }

    @Test
    void needsNoArchiveForTheBackupAloneAndKeepsItsTablespacesInTheSandbox() throws Exception {
        Path archive = primary.stored("archive/orders");
        Path aside = primary.folder("archive-aside").resolve("15-1");
        Files.move(archive.resolve("15-1"), aside);
        try {
            RecoveredInstance recovered = recover(new RecoveryTarget.Immediate());

            assertThat(markers(recovered)).isEqualTo("in the full backup, in the backup");
            assertThat(ask(recovered, "SELECT one FROM beside")).isEqualTo("1");
            assertThat(ask(recovered, "SELECT pg_tablespace_location(oid) FROM pg_tablespace WHERE spcname = 'fast'"))
                    .startsWith(folder().toRealPath() + "/tablespaces/");
            assertThat(ask(recovered, "SHOW archive_mode")).isEqualTo("off");
        } finally {
            Files.move(aside, archive.resolve("15-1"));
            Files.delete(aside.getParent());
        }
    }

    @Test
    void refusesAFolderThatHoldsSomethingAndLeavesItAsItWas() throws Exception {
        Path precious = Files.writeString(Files.createDirectory(folder()).resolve("precious"), "keep me");
        try {
            assertThatThrownBy(() -> recover(new RecoveryTarget.Immediate()))
                    .isInstanceOfSatisfying(
                            BackupException.class, e -> assertThat(e.kind()).isEqualTo(Kind.PRECONDITION))
                    .hasMessageContaining("no sandbox");
            assertThat(precious).hasContent("keep me");
        } finally {
            Files.delete(precious);
        }
    }

    @Test
    void refusesAMomentBeforeTheBackupsEnd() {
        assertThatThrownBy(() -> recover(new RecoveryTarget.Time(Instant.parse("2026-01-01T00:00:00Z"), true)))
                .isInstanceOfSatisfying(
                        BackupException.class, e -> assertThat(e.kind()).isEqualTo(Kind.PRECONDITION))
                .hasMessageContaining("older backup");
        assertThat(folder()).doesNotExist();
    }

    @Test
    void gapInTheLogIsNotTakenForItsEnd() throws Exception {
        Path second = stored(segments.get(1)).orElseThrow();
        Path aside = second.resolveSibling("aside");
        Files.move(second, aside);
        try {
            assertThatThrownBy(() -> recover(new RecoveryTarget.EndOfArchive()))
                    .isInstanceOfSatisfying(
                            BackupException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CORRUPT))
                    .hasMessageContaining("WAL segment " + segments.get(1) + " is missing")
                    .hasMessageContaining("the archive goes on to " + segments.get(2));
        } finally {
            Files.move(aside, second);
        }
    }

    @Test
    void damagedSegmentGivesTheRecoveryUp() throws Exception {
        Path second = stored(segments.get(1)).orElseThrow();
        byte[] bytes = Files.readAllBytes(second);
        byte[] damaged = bytes.clone();
        damaged[damaged.length / 2] ^= 1;
        Files.write(second, damaged);
        try {
            assertThatThrownBy(() -> recover(new RecoveryTarget.EndOfArchive()))
                    .isInstanceOfSatisfying(
                            BackupException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CORRUPT))
                    .hasMessageContaining(segments.get(1));
        } finally {
            Files.write(second, bytes);
        }
    }

    @Test
    void damagedFileIsNoticedBeforeAServerStarts() throws Exception {
        Path file;
        try (Stream<Path> files = Files.walk(primary.stored("backup/orders"))) {
            file = files.filter(f -> f.getFileName().toString().equals("1255.zst"))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(file);
        byte[] damaged = bytes.clone();
        damaged[damaged.length / 2] ^= 1;
        Files.write(file, damaged);
        try {
            assertThatThrownBy(() -> recover(new RecoveryTarget.EndOfArchive()))
                    .isInstanceOfSatisfying(
                            BackupException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CORRUPT))
                    .hasMessageContaining("1255");
            assertThat(folder().resolve("server.log")).doesNotExist();
        } finally {
            Files.write(file, bytes);
        }
    }

    private RecoveredInstance recover(RecoveryTarget target) {
        return primary.open(INCR, (manifest, parts) -> {
            PgBackRestFiles files = primary.repository().files(manifest);
            return sandboxes.recover(new SandboxRequest(
                    folder(),
                    freePort(),
                    manifest,
                    files,
                    files,
                    target,
                    OptionalLong.empty(),
                    PATIENCE,
                    progress::add));
        });
    }

    private static Path folder() {
        return above.resolve("sandbox");
    }

    private static String markers(RecoveredInstance recovered) {
        return ask(recovered, "SELECT string_agg(what, ', ') FROM markers");
    }

    private static String ask(RecoveredInstance recovered, String query) {
        return new PostgresEngine()
                .scalar(recovered.instance(), query, Duration.ofSeconds(10))
                .orElseThrow();
    }

    private static String marked(String what) throws SQLException {
        primary.execute("INSERT INTO markers VALUES ('" + what + "')");
        return switchSegment();
    }

    private static String switchSegment() throws SQLException {
        return primary.ask("SELECT pg_walfile_name(pg_switch_wal())");
    }

    private static Optional<Path> stored(String segment) {
        try (Stream<Path> files = Files.walk(primary.stored("archive/orders"))) {
            return files.filter(file -> file.getFileName().toString().matches(segment + "-[0-9a-f]{40}\\.zst"))
                    .findFirst();
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty(); // one was just renamed
        }
    }

    private static InetSocketAddress freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
        }
    }
}
