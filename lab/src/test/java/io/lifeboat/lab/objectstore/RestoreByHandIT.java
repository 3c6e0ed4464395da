package io.lifeboat.lab.objectstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lifeboat.activity.backup.BackupChain;
import io.lifeboat.activity.backup.BackupTaker;
import io.lifeboat.activity.database.Eventually;
import io.lifeboat.activity.database.Lsn;
import io.lifeboat.activity.database.postgresql.PostgresBaseBackup;
import io.lifeboat.activity.database.postgresql.PostgresWalServer;
import io.lifeboat.activity.manifest.EnvelopeSeal;
import io.lifeboat.activity.wal.WalArchive;
import io.lifeboat.activity.wal.WalReceiver;
import io.lifeboat.activity.wal.WalStatus.Phase;
import io.lifeboat.lab.objectstore.RestorePage.Way;
import io.lifeboat.lab.postgres.ServerUser;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;
import io.lifeboat.activity.backup.BackupOrder;
import io.lifeboat.activity.backup.BackupPlace;
import io.lifeboat.activity.database.PostgresPair;
import io.lifeboat.activity.database.PostgresTool;
import io.lifeboat.activity.database.postgresql.PostgresLogicalBackup;
import io.lifeboat.activity.encryption.Encryption;
import io.lifeboat.activity.encryption.age.AgeEncryption;
import io.lifeboat.activity.encryption.age.AgeKeys;
import io.lifeboat.activity.encryption.kms.EscrowKey;
import io.lifeboat.activity.encryption.kms.EscrowPair;
import io.lifeboat.activity.encryption.kms.KmsClients;
import io.lifeboat.activity.encryption.kms.KmsEncryption;
import io.lifeboat.activity.encryption.kms.KmsKey;
import io.lifeboat.activity.encryption.kms.MotoKms;
import io.lifeboat.activity.manifest.ManifestSeal;
import io.lifeboat.activity.storage.s3.S3ObjectStores;
import io.lifeboat.lab.objectstore.RestorePage.Opener;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A person with the bucket, the escrow key and docs/restore-by-hand.md, and nothing of Lifeboat: exactly that page's commands. */
class RestoreByHandIT {
    private static final List<String> TOOLS = List.of("bash", "curl", "jq", "openssl", "age", "zstd");
    private static final String BUCKET = "lifeboat-backups";
    private static final BackupPlace PLACE = new BackupPlace(SeaweedForTest.REGION, BUCKET, "orders", "orders-db");
    private static final String ID = "20261121T020000Z";
    private static final String BASE_ID = "20261121T040000Z";
    private static final int NOBODY = 65_534;
    private static final String KMS_ID = "20261121T030000Z";
    private static final AgeKeys REGION_KEY = AgeKeys.generate();
    private static final AgeKeys ESCROW_KEY = AgeKeys.generate();

    @TempDir
    private static Path folder;

    private static KeyPair signing;
    private static SeaweedForTest seaweed;
    private static PostgresPair pair;

    @BeforeAll
    static void takeABackup() throws Exception {
        for (String tool : TOOLS) {
            assumeTrue(isInstalled(tool), "Skipped: " + tool + " is absent, which docs/restore-by-hand.md needs.");
        }
        signing = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        seaweed = new SeaweedForTest(Files.createDirectory(folder.resolve("store")), "127.33.4.1");
        seaweed.createBucket(BUCKET);
        pair = PostgresPair.primaryOnly();
        try (Connection service = pair.service(PostgresPair.EAST)) {
            pair.execute(service, "CREATE TABLE orders (id int PRIMARY KEY, what text)");
            pair.execute(service, "INSERT INTO orders SELECT n, md5(n::text) FROM generate_series(1, 1000) n");
            pair.execute(service, "CREATE TABLE \"odd Name\" (n int)");
        }
        take(age(), ID);
    }

    private static AgeEncryption age() {
        return new AgeEncryption(
                Map.of("us-west-2", REGION_KEY.recipient(), "escrow", ESCROW_KEY.recipient()), List.of());
    }

    private static void take(Encryption encryption, String id) {
        take(new PostgresLogicalBackup(Optional.of(PostgresTool.programs())), encryption, id);
    }

    private static void take(BackupTaker taker, Encryption encryption, String id) {
        try (S3ObjectStores stores = seaweed.stores(SeaweedForTest.KEYS.secretKey())) {
            new BackupChain(
                            stores::large,
                            encryption,
                            new ManifestSeal("2026", signing.getPrivate(), Map.of("2026", signing.getPublic())),
                            Clock.systemUTC())
                    .take(
                            taker,
                            pair.instance(PostgresPair.EAST),
                            BackupOrder.of(
                                    PLACE,
                                    id,
                                    Instant.parse("2026-12-21T02:00:00Z")));
        }
    }

    @AfterAll
    static void stop() {
        if (pair != null) {
            pair.close();
        }
        if (seaweed != null) {
            seaweed.close();
        }
    }

    @Test
    void theEscrowKeyAndThePageBringTheDatabaseBack() throws Exception {
        Path work = Files.createDirectory(folder.resolve("by-hand"));

        String said = new RestorePage().run(Opener.AGE, work, environment(work, ID, "restored"));

        assertThat(said)
                .contains("Signature Verified Successfully", "database.dump.zst.age: OK", "roles.sql.zst.age: OK")
                .contains("sealed with age for escrow, us-west-2");
        assertBroughtBack(said, "restored");
        assertThat(work.resolve("database.dump")).doesNotExist();
    }

    @Test
    void thePageStopsAtAManifestThatSomebodyElseSigned() throws Exception {
        Path work = Files.createDirectory(folder.resolve("forged"));
        Map<String, String> environment = environment(work, ID, "forged");
        PublicKey stranger =
                KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic();
        environment.put(
                "SIGNING_KEY",
                Files.writeString(work.resolve("stranger.pem"), pem(stranger)).toString());

        String said = new RestorePage().run(Opener.AGE, work, environment);

        assertThat(said).contains("Signature Verification Failure").endsWith("exit code 1");
        assertThat(work.resolve("database.dump.zst.age")).doesNotExist();
    }

    /** A base backup of the same server, and its log since. */
    @Nested
    @Execution(ExecutionMode.SAME_THREAD)
    class GoingBackToAMoment {
        private static final Duration PATIENCE = Duration.ofSeconds(60);
        private static String between;

        @BeforeAll
        static void takeABaseBackupAndTheLogSince() throws Exception {
            try (S3ObjectStores stores = seaweed.stores(SeaweedForTest.KEYS.secretKey());
                    WalReceiver receiver = new WalReceiver(
                            "orders",
                            "orders-db",
                            () -> pair.instance(PostgresPair.EAST),
                            new PostgresWalServer(),
                            new WalArchive(
                                    stores::large,
                                    PLACE,
                                    age(),
                                    new EnvelopeSeal(
                                            "2026", signing.getPrivate(), Map.of("2026", signing.getPublic()))),
                            Duration.ofMillis(200));
                    Connection administrator = pair.administrator(PostgresPair.EAST, "orders")) {
                receiver.start();
                Eventually.holds(PATIENCE, () -> receiver.status().phase() == Phase.RECEIVING);
                pair.execute(administrator, "CREATE TABLE moments AS SELECT 'in the backup' AS what");
                take(new PostgresBaseBackup(Optional.of(PostgresTool.programs())), age(), BASE_ID);
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
        void thePageStopsAtASegmentThatIsNotWhatWasSigned() throws Exception {
            Path work = ownFolder("spoiled");
            Map<String, String> environment = goingBack(work);
            String key;
            byte[] whole;
            try (S3Client client = seaweed.client()) {
                key = client.listObjectsV2(b -> b.bucket(BUCKET).prefix("orders/orders-db.wal/")).contents().stream()
                        .map(S3Object::key)
                        .filter(object -> object.endsWith(".zst.age") && !object.contains(".partial."))
                        .max(Comparator.naturalOrder())
                        .orElseThrow();
                whole = client.getObjectAsBytes(b -> b.bucket(BUCKET).key(key)).asByteArray();
                byte[] spoiled = whole.clone();
                spoiled[spoiled.length / 2] ^= 4;
                client.putObject(b -> b.bucket(BUCKET).key(key), RequestBody.fromBytes(spoiled));
                try {
                    assertThat(goBack(work, environment))
                            .contains("WARNING: 1 computed checksum did NOT match")
                            .endsWith("exit code 1");
                } finally {
                    client.putObject(b -> b.bucket(BUCKET).key(key), RequestBody.fromBytes(whole));
                }
            }
            assertThat(work.resolve("server.log")).doesNotExist();
        }

        private static String goBack(Path work, Map<String, String> environment)
                throws IOException, InterruptedException {
            return new RestorePage().run(Way.GO_BACK, Opener.AGE, lowering(), work, environment);
        }

        private static Map<String, String> goingBack(Path work) throws IOException {
            Map<String, String> environment = environment(work, BASE_ID, "orders");
            environment.put("PGDATA", work.resolve("data").toString());
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
            ProcessBuilder psql = new ProcessBuilder(
                            Stream.concat(
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

    /** The same database, sealed under the KMS keys of two regions. */
    @Nested
    @Execution(ExecutionMode.SAME_THREAD)
    class UnderKmsKeys {
        private static EscrowPair escrow;
        private static MotoKms east;
        private static MotoKms west;
        private static KmsKey westKey;

        @BeforeAll
        static void takeABackup() throws Exception {
            MotoKms.assumeInstalled();
            assumeTrue(
                    isInstalled("aws-encryption-cli"),
                    "Skipped: aws-encryption-cli is absent, which docs/restore-by-hand.md needs for KMS keys.");
            escrow = EscrowPair.generate();
            east = new MotoKms(folder, "us-east-1", "127.33.4.2");
            west = new MotoKms(folder, "us-west-2", "127.33.4.3");
            KmsKey eastKey = east.await().createKey();
            westKey = west.await().createKey();
            try (KmsClients clients = MotoKms.clients(east, west)) {
                EscrowKey escrowKey = EscrowKey.ofPublic(escrow.publicPem());
                take(new KmsEncryption("critical", List.of(eastKey, westKey), escrowKey, clients), KMS_ID);
            }
            east.close();
        }

        @AfterAll
        static void stop() {
            if (west != null) {
                west.close();
            }
        }

        @Test
        void theKmsOfTheRegionThatIsLeftBringsTheDatabaseBack() throws Exception {
            Path work = Files.createDirectory(folder.resolve("by-kms"));

            String said = new RestorePage().run(Opener.KMS, work, underKmsKeys(work, "by_kms"));

            assertThat(said)
                    .contains("database.dump.zst.aws-esdk: OK")
                    .contains("sealed with aws-esdk for us-east-1, us-west-2, escrow");
            assertBroughtBack(said, "by_kms");
        }

        @Test
        void theEscrowKeyAloneBringsTheDatabaseBack() throws Exception {
            Path work = Files.createDirectory(folder.resolve("by-escrow"));
            Map<String, String> environment = underKmsKeys(work, "by_escrow");
            environment.put("AWS_ENDPOINT_URL_KMS", "http://127.33.4.4:1");

            String said = new RestorePage().run(Opener.ESCROW, work, environment);

            assertBroughtBack(said, "by_escrow");
        }

        private static Map<String, String> underKmsKeys(Path work, String database) throws IOException {
            Map<String, String> environment = environment(work, KMS_ID, database);
            environment.put("KMS_KEY", westKey.arn());
            environment.put("AWS_ENDPOINT_URL_KMS", west.endpoint().toString());
            environment.put(
                    "ESCROW_KEY",
                    Files.writeString(work.resolve("escrow.pem"), escrow.privatePem())
                            .toString());
            return environment;
        }
    }

    private static void assertBroughtBack(String said, String database) throws Exception {
        assertThat(said)
                .contains("public.orders: 1000 of 1000 rows", "public.\"odd Name\": 0 of 0 rows")
                .endsWith("exit code 0");
        try (Connection admin = pair.administrator(PostgresPair.EAST, database);
                Statement statement = admin.createStatement();
                ResultSet rows = statement.executeQuery("SELECT what = md5('7') FROM orders WHERE id = 7")) {
            rows.next();
            assertThat(rows.getBoolean(1)).isTrue();
        }
    }

    private static Map<String, String> environment(Path work, String id, String name) throws IOException {
        URI database = URI.create(pair.uri(PostgresPair.EAST).replaceFirst("//[^@]*@", "//"));
        Map<String, String> environment = new HashMap<>();
        environment.put("BUCKET_URL", seaweed.endpoint() + "/" + BUCKET);
        environment.put("REGION", SeaweedForTest.REGION);
        environment.put("ACCESS_KEY", SeaweedForTest.KEYS.accessKey());
        environment.put("SECRET_KEY", SeaweedForTest.KEYS.secretKey());
        environment.put("SERVICE", "orders");
        environment.put("DATASTORE", "orders-db");
        environment.put("ID", id);
        environment.put(
                "AGE_IDENTITY",
                Files.writeString(work.resolve("escrow.identity"), ESCROW_KEY.identity() + "\n")
                        .toString());
        environment.put(
                "SIGNING_KEY",
                Files.writeString(work.resolve("signing.pem"), pem(signing.getPublic()))
                        .toString());
        environment.put("KMS_KEY", "");
        environment.put("ESCROW_KEY", "");
        environment.put("PGDATA", "");
        environment.put("RECOVER_TO", "");
        environment.put("PGHOST", database.getHost());
        environment.put("PGPORT", Integer.toString(database.getPort()));
        environment.put("PGUSER", "postgres");
        environment.put("PGPASSWORD", PostgresPair.CANARY);
        environment.put("DATABASE", name);
        environment.put("PATH", PostgresTool.programs() + ":" + System.getenv("PATH"));
        return environment;
    }

    private static String pem(PublicKey key) {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    private static boolean isInstalled(String tool) {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(place -> Files.isExecutable(Path.of(place, tool)));
    }
}
