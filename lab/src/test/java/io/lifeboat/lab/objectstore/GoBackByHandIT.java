package io.lifeboat.lab.objectstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifeboat.activity.backup.BackupEngines.Assignment;
import io.lifeboat.activity.backup.BackupEngines.Prior;
import io.lifeboat.activity.database.Eventually;
import io.lifeboat.activity.database.Lsn;
import io.lifeboat.activity.database.PostgresPair;
import io.lifeboat.activity.database.PostgresTool;
import io.lifeboat.activity.database.postgresql.PostgresBaseBackup;
import io.lifeboat.activity.database.postgresql.PostgresWalServer;
import io.lifeboat.activity.storage.s3.S3ObjectStores;
import io.lifeboat.activity.wal.WalArchive;
import io.lifeboat.activity.wal.WalReceiver;
import io.lifeboat.activity.wal.WalStatus.Phase;
import io.lifeboat.lab.objectstore.RestorePage.Opener;
import io.lifeboat.lab.objectstore.RestorePage.Way;
import io.lifeboat.lab.postgres.ServerUser;
import io.lifeboat.runbook.BackupPolicy;
import io.lifeboat.runbook.BucketPlace;
import io.lifeboat.runbook.Increments;
import io.lifeboat.runbook.Keep;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A person who goes back to a moment with the bucket, the escrow key and docs/restore-by-hand.md: exactly that page's commands. */
@Execution(ExecutionMode.SAME_THREAD)
class GoBackByHandIT {
    private static final String ID = "20261121T040000Z";
    private static final List<String> WITH_INCREMENTS =
            List.of("20261121T030000Z", "20261121T031000Z", "20261121T032000Z");
    private static final int NOBODY = 65_534;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private static Path folder;

    @AutoClose
    private static ByHandSite site;

    private static String between;

    @BeforeAll
    static void takeABaseBackupAndTheLogSince() throws Exception {
        site = new ByHandSite(folder, "127.33.6.1");
        PostgresPair pair = site.pair();
        try (S3ObjectStores stores = site.stores();
                WalReceiver receiver = new WalReceiver(
                        "orders",
                        "orders-db",
                        () -> pair.instance(PostgresPair.EAST),
                        new PostgresWalServer(),
                        new WalArchive(stores::large, ByHandSite.PLACE, ByHandSite.age(), site.seal()),
                        Duration.ofMillis(200));
                Connection administrator = pair.administrator(PostgresPair.EAST, "orders")) {
            receiver.start();
            Eventually.holds(PATIENCE, () -> receiver.status().phase() == Phase.RECEIVING);
            pair.execute(administrator, "ALTER SYSTEM SET summarize_wal = on");
            pair.execute(administrator, "SELECT pg_reload_conf()");
            takeIncrements(administrator);
            pair.execute(administrator, "CREATE TABLE moments AS SELECT 'in the backup' AS what");
            site.take(new PostgresBaseBackup(Optional.of(PostgresTool.programs())), ByHandSite.age(), ID);
            pair.execute(administrator, "INSERT INTO moments VALUES ('before')");
            pair.execute(administrator, "SELECT pg_switch_wal()");
            between = one(administrator, "SELECT clock_timestamp()::text");
            pair.execute(administrator, "INSERT INTO moments VALUES ('after')");
            Lsn end = Lsn.parse(one(administrator, "SELECT pg_current_wal_flush_lsn()"));
            Eventually.holds(
                    PATIENCE,
                    () -> receiver.status()
                            .stored()
                            .filter(stored -> stored.compareTo(end) >= 0)
                            .isPresent());
        }
    }

    /** A full one and two that hold what has changed since, a row in each. */
    private static void takeIncrements(Connection administrator) throws SQLException {
        site.pair().execute(administrator, "CREATE TABLE nights (of text)");
        Optional<Prior> none = Optional.empty();
        String before = "";
        for (String id : WITH_INCREMENTS) {
            site.pair().execute(administrator, "INSERT INTO nights VALUES ('" + id + "')");
            if (before.isEmpty()) {
                site.take(taker(none), ByHandSite.age(), id);
            } else {
                site.takeSince(before, base -> taker(Optional.of(base)), id);
            }
            before = id;
        }
    }

    private static PostgresBaseBackup taker(Optional<Prior> base) {
        BackupPolicy policy = new BackupPolicy(
                "base",
                BackupPolicy.Method.BASEBACKUP,
                Duration.ofDays(1),
                "critical",
                new BucketPlace(SeaweedForTest.REGION, ByHandSite.BUCKET),
                List.of(),
                new Keep(0, 7, 0, 0, 0),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Increments(Duration.ofDays(7))),
                Optional.empty(),
                Optional.empty());
        return new PostgresBaseBackup(
                Optional.of(PostgresTool.programs()), new Assignment(policy, "", base, Optional.empty(), bytes -> {}));
    }

    @Test
    void thePageBringsTheServerBackToIt() throws Exception {
        Path work = ownFolder("moment");
        Map<String, String> environment = goingBack(work);
        try {
            String said = goBack(work, environment);

            assertThat(said)
                    .contains("base.tar.zst.age: OK", "log: 0000000100000000000000", ".partial", "recovery stopping")
                    .contains("moments")
                    .endsWith("exit code 0");
            assertThat(ask(work, environment, "SELECT string_agg(what, ', ' ORDER BY what) FROM moments"))
                    .isEqualTo("before, in the backup");
            assertThat(ask(work, environment, "SHOW archive_mode")).isEqualTo("off");
        } finally {
            stopServer(work);
        }
    }

    @Test
    void thePageGoesBackFromWhatHasOnlyChanged() throws Exception {
        Path work = ownFolder("increments");
        Map<String, String> environment = goingBack(work);
        environment.put("ID", WITH_INCREMENTS.getLast());
        try {
            String said = goBack(work, environment);

            assertThat(said)
                    .contains("backup-manifest.json.zst.age: OK", "backup successfully verified", "recovery stopping")
                    .endsWith("exit code 0");
            assertThat(said.split("base.tar.zst.age: OK", -1)).hasSize(1 + WITH_INCREMENTS.size());
            assertThat(ask(work, environment, "SELECT string_agg(of, ' ' ORDER BY of) FROM nights"))
                    .isEqualTo(String.join(" ", WITH_INCREMENTS));
            assertThat(ask(work, environment, "SELECT string_agg(what, ', ' ORDER BY what) FROM moments"))
                    .isEqualTo("before, in the backup");
        } finally {
            stopServer(work);
        }
    }

    @Test
    void thePageStopsAtASegmentThatIsNotWhatWasSigned() throws Exception {
        Path work = ownFolder("spoiled");
        Map<String, String> environment = goingBack(work);
        String key;
        byte[] whole;
        try (S3Client client = site.seaweed().client()) {
            key =
                    client
                            .listObjectsV2(b -> b.bucket(ByHandSite.BUCKET).prefix("orders/orders-db.wal/"))
                            .contents()
                            .stream()
                            .map(S3Object::key)
                            .filter(object -> object.endsWith(".zst.age") && !object.contains(".partial."))
                            .max(Comparator.naturalOrder())
                            .orElseThrow();
            whole = client.getObjectAsBytes(b -> b.bucket(ByHandSite.BUCKET).key(key))
                    .asByteArray();
            byte[] spoiled = whole.clone();
            spoiled[spoiled.length / 2] ^= 4;
            client.putObject(b -> b.bucket(ByHandSite.BUCKET).key(key), RequestBody.fromBytes(spoiled));
            try {
                assertThat(goBack(work, environment))
                        .contains("WARNING: 1 computed checksum did NOT match")
                        .endsWith("exit code 1");
            } finally {
                client.putObject(b -> b.bucket(ByHandSite.BUCKET).key(key), RequestBody.fromBytes(whole));
            }
        }
        assertThat(work.resolve("server.log")).doesNotExist();
    }

    private static String goBack(Path work, Map<String, String> environment) throws IOException, InterruptedException {
        return new RestorePage().run(Way.GO_BACK, Opener.AGE, lowering(), work, environment);
    }

    private static Map<String, String> goingBack(Path work) throws IOException {
        Map<String, String> environment = site.environment(work, ID, "orders");
        environment.put("RECOVER_TO", between);
        return environment;
    }

    /** One whose owner runs PostgreSQL, which refuses to be root. */
    private static Path ownFolder(String name) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        Path work = Files.createDirectory(folder.resolve(name));
        if (!lowering().isEmpty()) {
            Files.setAttribute(work, "unix:uid", NOBODY);
            Files.setAttribute(work, "unix:gid", NOBODY);
        }
        return work;
    }

    private static List<String> lowering() {
        return ServerUser.name().isEmpty()
                ? List.of()
                : List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
    }

    private static String ask(Path work, Map<String, String> environment, String query) throws Exception {
        ProcessBuilder psql = new ProcessBuilder(Stream.concat(
                                lowering().stream(),
                                Stream.of("psql", "-XAt", "-h", work.toString(), "-d", "orders", "-c", query))
                        .toList())
                .directory(work.toFile())
                .redirectErrorStream(true);
        psql.environment().putAll(environment);
        Process process = psql.start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return answer.strip();
    }

    private static void stopServer(Path work) throws IOException {
        Path pid = work.resolve("data").resolve("postmaster.pid");
        if (Files.exists(pid)) {
            ProcessHandle.of(Long.parseLong(Files.readAllLines(pid).getFirst().strip()))
                    .ifPresent(server -> {
                        server.destroyForcibly();
                        server.onExit().orTimeout(20, TimeUnit.SECONDS).join();
                    });
        }
    }

    private static String one(Connection session, String query) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
