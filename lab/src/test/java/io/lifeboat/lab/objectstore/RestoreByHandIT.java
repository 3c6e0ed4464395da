package io.lifeboat.lab.objectstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lifeboat.activity.backup.BackupChain;
import io.lifeboat.activity.backup.BackupOrder;
import io.lifeboat.activity.backup.BackupPlace;
import io.lifeboat.activity.database.PostgresPair;
import io.lifeboat.activity.database.PostgresTool;
import io.lifeboat.activity.database.postgresql.PostgresLogicalBackup;
import io.lifeboat.activity.encryption.age.AgeEncryption;
import io.lifeboat.activity.encryption.age.AgeKeys;
import io.lifeboat.activity.manifest.ManifestSeal;
import io.lifeboat.activity.storage.s3.S3ObjectStores;
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
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person with the bucket, the escrow key and docs/restore-by-hand.md, and nothing of Lifeboat: exactly that page's commands. */
class RestoreByHandIT {
    private static final Path PAGE = Path.of("../docs/restore-by-hand.md");
    private static final List<String> TOOLS = List.of("bash", "curl", "jq", "openssl", "age", "zstd");
    private static final String BUCKET = "lifeboat-backups";
    private static final String ID = "20261121T020000Z";
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
        try (S3ObjectStores stores = seaweed.stores(SeaweedForTest.KEYS.secretKey())) {
            new BackupChain(
                            stores::large,
                            new AgeEncryption(
                                    Map.of("us-west-2", REGION_KEY.recipient(), "escrow", ESCROW_KEY.recipient()),
                                    List.of()),
                            new ManifestSeal("2026", signing.getPrivate(), Map.of("2026", signing.getPublic())),
                            Clock.systemUTC())
                    .take(
                            new PostgresLogicalBackup(Optional.of(PostgresTool.programs())),
                            pair.instance(PostgresPair.EAST),
                            BackupOrder.of(
                                    new BackupPlace(SeaweedForTest.REGION, BUCKET, "orders", "orders-db"),
                                    ID,
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

        String said = run(work, script(), environment(work, signing.getPublic()));

        assertThat(said)
                .contains("Signature Verified Successfully", "database.dump.zst.age: OK", "roles.sql.zst.age: OK")
                .contains("public.orders: 1000 of 1000 rows", "public.\"odd Name\": 0 of 0 rows")
                .endsWith("exit code 0");
        try (Connection admin = pair.administrator(PostgresPair.EAST, "restored");
                Statement statement = admin.createStatement();
                ResultSet rows = statement.executeQuery("SELECT what = md5('7') FROM orders WHERE id = 7")) {
            rows.next();
            assertThat(rows.getBoolean(1)).isTrue();
        }
        assertThat(work.resolve("database.dump")).doesNotExist();
    }

    @Test
    void thePageStopsAtAManifestThatSomebodyElseSigned() throws Exception {
        Path work = Files.createDirectory(folder.resolve("forged"));
        PublicKey stranger =
                KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic();

        String said = run(work, script(), environment(work, stranger));

        assertThat(said).contains("Signature Verification Failure").endsWith("exit code 1");
        assertThat(work.resolve("database.dump.zst.age")).doesNotExist();
    }

    /** The page's commands, without the first block, which says where things are. */
    private static String script() throws IOException {
        List<String> blocks = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGE))
                .results()
                .map(block -> block.group(1))
                .toList();
        assertThat(blocks.getFirst()).contains("export BUCKET_URL");
        return blocks.stream().skip(1).collect(Collectors.joining("\n", "set -euo pipefail\n", ""));
    }

    private static Map<String, String> environment(Path work, PublicKey key) throws IOException {
        URI database = URI.create(pair.uri(PostgresPair.EAST).replaceFirst("//[^@]*@", "//"));
        Map<String, String> environment = new HashMap<>();
        environment.put("BUCKET_URL", seaweed.endpoint() + "/" + BUCKET);
        environment.put("REGION", SeaweedForTest.REGION);
        environment.put("ACCESS_KEY", SeaweedForTest.KEYS.accessKey());
        environment.put("SECRET_KEY", SeaweedForTest.KEYS.secretKey());
        environment.put("SERVICE", "orders");
        environment.put("DATASTORE", "orders-db");
        environment.put("ID", ID);
        environment.put(
                "AGE_IDENTITY",
                Files.writeString(work.resolve("escrow.identity"), ESCROW_KEY.identity() + "\n")
                        .toString());
        environment.put(
                "SIGNING_KEY",
                Files.writeString(work.resolve("signing.pem"), pem(key)).toString());
        environment.put("PGHOST", database.getHost());
        environment.put("PGPORT", Integer.toString(database.getPort()));
        environment.put("PGUSER", "postgres");
        environment.put("PGPASSWORD", PostgresPair.CANARY);
        environment.put("DATABASE", "restored");
        environment.put("PATH", PostgresTool.programs() + ":" + System.getenv("PATH"));
        assertThat(environment.keySet()).containsAll(exported());
        return environment;
    }

    /** What the page's first block asks the reader to say. */
    private static List<String> exported() throws IOException {
        String first = Files.readString(PAGE).split("```sh\n", 2)[1].split("```", 2)[0];
        return Pattern.compile("\\b([A-Z_]+)=")
                .matcher(first)
                .results()
                .map(name -> name.group(1))
                .toList();
    }

    private static String run(Path work, String script, Map<String, String> environment) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", script)
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("said").toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(work.resolve("said")) + "exit code " + process.exitValue();
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
