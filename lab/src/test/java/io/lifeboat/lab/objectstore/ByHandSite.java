package io.lifeboat.lab.objectstore;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lifeboat.activity.backup.BackupChain;
import io.lifeboat.activity.backup.BackupEngines.Prior;
import io.lifeboat.activity.backup.BackupOrder;
import io.lifeboat.activity.backup.BackupPlace;
import io.lifeboat.activity.backup.BackupTaker;
import io.lifeboat.activity.database.PostgresPair;
import io.lifeboat.activity.database.PostgresTool;
import io.lifeboat.activity.encryption.Encryption;
import io.lifeboat.activity.encryption.age.AgeEncryption;
import io.lifeboat.activity.encryption.age.AgeKeys;
import io.lifeboat.activity.manifest.EnvelopeSeal;
import io.lifeboat.activity.manifest.ManifestSeal;
import io.lifeboat.activity.storage.s3.S3ObjectStores;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A PostgreSQL, a bucket with its backups, and what a person has who restores one by hand. */
final class ByHandSite implements AutoCloseable {
    static final String BUCKET = "lifeboat-backups";
    static final BackupPlace PLACE = new BackupPlace(SeaweedForTest.REGION, BUCKET, "orders", "orders-db");

    private static final List<String> TOOLS = List.of("bash", "curl", "jq", "openssl", "age", "zstd");
    private static final AgeKeys REGION_KEY = AgeKeys.generate();
    private static final AgeKeys ESCROW_KEY = AgeKeys.generate();

    private final KeyPair signing = ed25519();
    private final SeaweedForTest seaweed;
    private final PostgresPair pair;

    /** @param address of the object store */
    ByHandSite(Path folder, String address) throws IOException {
        for (String tool : TOOLS) {
            assumeTrue(isInstalled(tool), "Skipped: " + tool + " is absent, which docs/restore-by-hand.md needs.");
        }
        seaweed = new SeaweedForTest(Files.createDirectory(folder.resolve("store")), address);
        seaweed.createBucket(BUCKET);
        pair = PostgresPair.primaryOnly();
    }

    PostgresPair pair() {
        return pair;
    }

    SeaweedForTest seaweed() {
        return seaweed;
    }

    S3ObjectStores stores() {
        return seaweed.stores(SeaweedForTest.KEYS.secretKey());
    }

    EnvelopeSeal seal() {
        return new EnvelopeSeal("2026", signing.getPrivate(), Map.of("2026", signing.getPublic()));
    }

    static AgeEncryption age() {
        return new AgeEncryption(
                Map.of("us-west-2", REGION_KEY.recipient(), "escrow", ESCROW_KEY.recipient()), List.of());
    }

    void take(BackupTaker taker, Encryption encryption, String id) {
        try (S3ObjectStores stores = stores()) {
            new BackupChain(stores::large, encryption, new ManifestSeal(seal()), Clock.systemUTC())
                    .take(
                            taker,
                            pair.instance(PostgresPair.EAST),
                            BackupOrder.of(PLACE, id, Instant.parse("2026-12-21T02:00:00Z")));
        }
    }

    /** Takes one that is based on another. */
    void takeSince(String base, Function<Prior, BackupTaker> taker, String id) {
        AgeEncryption opening = new AgeEncryption(
                Map.of("us-west-2", REGION_KEY.recipient(), "escrow", ESCROW_KEY.recipient()),
                List.of(ESCROW_KEY.identity()));
        try (S3ObjectStores stores = stores()) {
            new BackupChain(stores::large, opening, new ManifestSeal(seal()), Clock.systemUTC())
                    .open(PLACE, base, (manifest, parts) -> {
                        take(taker.apply(new Prior(manifest, parts)), age(), id);
                        return manifest;
                    });
        }
    }

    /** What the page's first block exports; keys of a KMS are left empty. */
    Map<String, String> environment(Path work, String id, String database) throws IOException {
        URI server = URI.create(pair.uri(PostgresPair.EAST).replaceFirst("//[^@]*@", "//"));
        Map<String, String> environment = new HashMap<>();
        environment.put("BUCKET_URL", seaweed.endpoint() + "/" + BUCKET);
        environment.put("REGION", SeaweedForTest.REGION);
        environment.put("ACCESS_KEY", SeaweedForTest.KEYS.accessKey());
        environment.put("SECRET_KEY", SeaweedForTest.KEYS.secretKey());
        environment.put("SERVICE", "orders");
        environment.put("DATASTORE", "orders-db");
        environment.put("ID", id);
        environment.put("AGE_IDENTITY", file(work, "escrow.identity", ESCROW_KEY.identity() + "\n"));
        environment.put("SIGNING_KEY", file(work, "signing.pem", pem(signing.getPublic())));
        environment.put("KMS_KEY", "");
        environment.put("ESCROW_KEY", "");
        environment.put("PGHOST", server.getHost());
        environment.put("PGPORT", Integer.toString(server.getPort()));
        environment.put("PGUSER", "postgres");
        environment.put("PGPASSWORD", PostgresPair.CANARY);
        environment.put("PGDATA", work.resolve("data").toString());
        environment.put("RECOVER_TO", "");
        environment.put("DATABASE", database);
        environment.put("PATH", PostgresTool.programs() + ":" + System.getenv("PATH"));
        return environment;
    }

    /** Writes a file and gives its path, as an environment names it. */
    static String file(Path folder, String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    static KeyPair ed25519() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static String pem(PublicKey key) {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    static boolean isInstalled(String tool) {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(place -> Files.isExecutable(Path.of(place, tool)));
    }

    @Override
    public void close() {
        pair.close();
        seaweed.close();
    }
}
