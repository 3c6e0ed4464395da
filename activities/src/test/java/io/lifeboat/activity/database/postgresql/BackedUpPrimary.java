package io.lifeboat.activity.database.postgresql;

import static io.lifeboat.activity.database.PostgresPair.EAST;
import static io.lifeboat.activity.database.PostgresPair.WEST;

import io.lifeboat.activity.backup.BackupChain;
import io.lifeboat.activity.backup.BackupOrder;
import io.lifeboat.activity.backup.BackupPlace;
import io.lifeboat.activity.database.Eventually;
import io.lifeboat.activity.database.Lsn;
import io.lifeboat.activity.database.PostgresPair;
import io.lifeboat.activity.database.PostgresRelease;
import io.lifeboat.activity.encryption.age.AgeEncryption;
import io.lifeboat.activity.encryption.age.AgeKeys;
import io.lifeboat.activity.manifest.Manifest;
import io.lifeboat.activity.manifest.ManifestSeal;
import io.lifeboat.activity.storage.LargeObjectsInMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.sql.Connection;
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
import java.util.stream.Stream;

/**
 * A real primary with a base backup, and with its archived log after that: three markers, each in a segment of its own, and after the
 * first one a named point and a moment to recover to.
 */
final class BackedUpPrimary implements AutoCloseable {
    static final String BUCKET = "backups";
    static final String ID = "20261121T020000Z";
    static final String TAR = "orders/orders-db/" + ID + "/base.tar.zst.age";
    /** Must never be found in a sandbox. */
    static final String PRODUCTION = "production.invalid";

    private static final BackupPlace PLACE = new BackupPlace(WEST, BUCKET, "orders", "orders-db");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path programs;
    private final PostgresPair pair;
    private final LargeObjectsInMemory store = new LargeObjectsInMemory(BUCKET);
    private final Path archived;
    private final BackupChain chain;
    private final Manifest backup;
    private final Lsn afterFirst;
    private final Instant between;
    private final List<String> segments = new ArrayList<>();

    private BackedUpPrimary(Path programs) throws Exception {
        this.programs = programs;
        pair = PostgresPair.primaryOnly(programs, Map.of());
        archived = Files.createTempDirectory("lifeboat-archive-");
        chain = chain();
        sql("CREATE TABLE markers (what text)", "INSERT INTO markers VALUES ('in the backup')");
        actAsProduction();
        Process receiving = receiveLog();
        try {
            backup = take();
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

    static BackedUpPrimary start() throws Exception {
        return start(PostgresRelease.PINNED);
    }

    static BackedUpPrimary start(PostgresRelease release) throws Exception {
        return new BackedUpPrimary(release.programs());
    }

    Manifest backup() {
        return backup;
    }

    /** A position after the first marker. */
    Lsn afterFirst() {
        return afterFirst;
    }

    /** A moment between the first marker and the second. */
    Instant between() {
        return between;
    }

    /** The segments that hold the three markers. */
    List<String> segments() {
        return segments;
    }

    ArchiveInFolder archive() {
        return new ArchiveInFolder(archived);
    }

    LargeObjectsInMemory store() {
        return store;
    }

    String uri() {
        return pair.uri(EAST);
    }

    /** Opens the backup, as a restore would. */
    <T> T open(BackupChain.Reading<T> reading) {
        return chain.open(PLACE, ID, reading);
    }

    String ask(String query) throws SQLException {
        try (Connection session = pair.administrator(EAST, "orders");
                Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Override
    public void close() throws IOException {
        pair.close();
        try (Stream<Path> files = Files.list(archived)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(archived);
    }

    private Manifest take() {
        return chain.take(
                new PostgresBaseBackup(Optional.of(programs)),
                pair.instance(EAST),
                BackupOrder.of(PLACE, ID, Instant.parse("2099-01-01T00:00:00Z")));
    }

    /** What would make a copy of it fail, or act on production, if it were left in. */
    private void actAsProduction() throws SQLException {
        try (Connection admin = pair.administrator(EAST, "postgres")) {
            pair.execute(admin, "ALTER SYSTEM SET archive_mode = on");
            pair.execute(admin, "ALTER SYSTEM SET archive_command = 'exit 1'");
            pair.execute(admin, "ALTER SYSTEM SET primary_conninfo = 'host=" + PRODUCTION + "'");
            pair.execute(admin, "ALTER SYSTEM SET shared_preload_libraries = 'library_that_is_not_here'");
            pair.execute(admin, "ALTER SYSTEM SET synchronous_standby_names = '*'");
            pair.execute(admin, "ALTER SYSTEM SET shared_buffers = '900GB'");
        }
    }

    private void switchSegment() throws SQLException {
        segments.add(ask("SELECT pg_walfile_name(pg_switch_wal())"));
    }

    private void sql(String... statements) throws SQLException {
        try (Connection session = pair.service(EAST)) {
            for (String statement : statements) {
                pair.execute(session, statement);
            }
        }
    }

    private Process receiveLog() throws IOException {
        PostgresUri source = PostgresUri.parse(pair.uri(EAST));
        ProcessBuilder receiving = new ProcessBuilder(
                        programs.resolve("pg_receivewal").toString(),
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

    private BackupChain chain() throws Exception {
        AgeKeys key = AgeKeys.generate();
        KeyPair signing = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        return new BackupChain(
                region -> store,
                new AgeEncryption(Map.of("us-west-2", key.recipient()), List.of(key.identity())),
                new ManifestSeal("2026", signing.getPrivate(), Map.of("2026", signing.getPublic())),
                Clock.systemUTC());
    }
}
