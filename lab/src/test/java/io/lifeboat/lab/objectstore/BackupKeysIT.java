package io.lifeboat.lab.objectstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.activity.backup.BackupChain;
import io.lifeboat.activity.backup.BackupChains;
import io.lifeboat.activity.backup.BackupException;
import io.lifeboat.activity.backup.BackupOrder;
import io.lifeboat.activity.backup.BackupPlace;
import io.lifeboat.activity.backup.BackupTaker;
import io.lifeboat.activity.database.DatabaseInstance;
import io.lifeboat.activity.encryption.age.AgeKeys;
import io.lifeboat.activity.encryption.kms.EscrowPair;
import io.lifeboat.activity.encryption.kms.KmsKey;
import io.lifeboat.activity.encryption.kms.MotoKms;
import io.lifeboat.activity.manifest.Manifest;
import io.lifeboat.worker.WorkerApplication;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Workers with the keys that their settings name: of KMS in two regions, of age, and of the one after the other. */
@Execution(ExecutionMode.SAME_THREAD)
@Order(3)
class BackupKeysIT {
    private static final String BUCKET = "lifeboat-backups";
    private static final BackupPlace PLACE = new BackupPlace(SeaweedForTest.REGION, BUCKET, "orders", "orders-db");
    private static final AgeKeys AGE = AgeKeys.generate();
    private static final String CONTENT = "order placed\n".repeat(50_000);

    @TempDir
    private static Path folder;

    private static KeyPair signing;
    private static EscrowPair escrow;
    private static SeaweedForTest seaweed;
    private static MotoKms east;
    private static MotoKms west;
    private static KmsKey eastKey;
    private static KmsKey westKey;
    private static ConfigurableApplicationContext underKms;
    private static ConfigurableApplicationContext withAge;

    @BeforeAll
    static void startStoreAndKms() throws Exception {
        MotoKms.assumeInstalled();
        signing = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        escrow = EscrowPair.generate();
        seaweed = new SeaweedForTest(Files.createDirectory(folder.resolve("store")), "127.33.5.1");
        seaweed.createBucket(BUCKET);
        east = new MotoKms(folder, "us-east-1", "127.33.5.2");
        west = new MotoKms(folder, "us-west-2", "127.33.5.3");
        eastKey = east.await().createKey();
        westKey = west.await().createKey();
        underKms = start(underKms());
        withAge = start(withAge());
    }

    @AfterAll
    static void stop() {
        Stream.of(underKms, withAge, east, west, seaweed)
                .filter(started -> started != null)
                .forEach(BackupKeysIT::close);
    }

    private static void close(AutoCloseable started) {
        try {
            started.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aBackupIsSealedForEachRegionsKmsAndTheEscrowAndOpensAgain() {
        BackupChain chain = chain(underKms);

        Manifest taken = take(chain, "20261121T020000Z");

        assertThat(taken.encryption()).isEqualTo("aws-esdk");
        assertThat(taken.holders()).containsExactly("us-west-2", "us-east-1", "escrow");
        assertThat(chain.verify(PLACE, taken.id())).isEqualTo(taken);
        assertThat(content(chain, taken.id())).isEqualTo(CONTENT);
    }

    @Test
    void whatWasSealedWithAgeOpensAfterTheChangeToKms() {
        String id = "20261121T030000Z";
        take(chain(withAge), id);

        try (ConfigurableApplicationContext worker =
                start(Stream.concat(underKms(), Stream.of("critical.identities[0]=" + AGE.identity())))) {
            assertThat(content(chain(worker), id)).isEqualTo(CONTENT);
        }
        assertThatThrownBy(() -> content(chain(underKms), id))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("It is sealed for [us-west-2]; give the worker the key of one of them");
    }

    @Test
    void whatWasSealedUnderKmsOpensAfterTheChangeBackToAge() {
        String id = "20261121T040000Z";
        take(chain(underKms), id);

        try (ConfigurableApplicationContext worker =
                start(Stream.of(underKms(), withAge(), Stream.of("critical.seal-with=age"))
                        .flatMap(settings -> settings))) {
            assertThat(content(chain(worker), id)).isEqualTo(CONTENT);
            assertThat(take(chain(worker), "20261121T050000Z").encryption()).isEqualTo("age");
        }
        assertThatThrownBy(() -> content(chain(withAge), id))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("it is sealed with aws-esdk, and for its data class the worker has keys for age");
    }

    @Test
    void aRegionWhoseKmsHangsIsLeftOutOfTheBackupAndOfItsManifest() throws Exception {
        BackupChain chain = chain(underKms);

        east.hang();
        try {
            Manifest taken = take(chain, "20261121T060000Z");

            assertThat(taken.holders()).containsExactly("us-west-2", "escrow");
            assertThat(content(chain, taken.id())).isEqualTo(CONTENT);
        } finally {
            east.goOn();
        }
    }

    private static BackupChain chain(ConfigurableApplicationContext worker) {
        return worker.getBean(BackupChains.class).of("critical", bytes -> {});
    }

    private static Manifest take(BackupChain chain, String id) {
        return chain.take(
                new OneFile(),
                new DatabaseInstance("orders-db", "us-west-2", "postgresql://nobody@127.0.0.1:1/orders"),
                BackupOrder.of(PLACE, id, Instant.parse("2026-12-21T02:00:00Z")));
    }

    private static String content(BackupChain chain, String id) {
        return chain.open(
                PLACE,
                id,
                (manifest, parts) -> new String(parts.open("orders.txt").readAllBytes(), StandardCharsets.UTF_8));
    }

    private static Stream<String> underKms() {
        return Stream.of(
                "critical.kms[0]=" + westKey.arn(),
                "critical.kms[1]=" + eastKey.arn(),
                "critical.escrow=" + escrow.publicPem());
    }

    private static Stream<String> withAge() {
        return Stream.of(
                "critical.recipients.us-west-2=" + AGE.recipient(), "critical.identities[0]=" + AGE.identity());
    }

    private static ConfigurableApplicationContext start(Stream<String> keys) {
        Stream<String> site = Stream.of(
                "--server.address=127.0.0.1",
                "--server.port=0",
                "--server.tomcat.basedir=target/tomcat",
                "--spring.temporal.start-workers=false",
                "--lifeboat.runbooks="
                        + Path.of("../runbooks/catalog").toAbsolutePath().normalize(),
                "--lifeboat.route53.region=us-east-1",
                "--lifeboat.backups.signing.key-id=2026",
                "--lifeboat.backups.signing.private-key="
                        + base64(signing.getPrivate().getEncoded()),
                "--lifeboat.backups.signing.trusted.2026="
                        + base64(signing.getPublic().getEncoded()));
        Stream<String> regions = Map.of("us-east-1", east.endpoint(), "us-west-2", west.endpoint()).entrySet().stream()
                .flatMap(region -> region(region.getKey(), region.getValue()));
        return new SpringApplicationBuilder(WorkerApplication.class)
                .run(Stream.of(site, regions, keys.map(key -> "--lifeboat.backups.keys." + key))
                        .flatMap(settings -> settings)
                        .toArray(String[]::new));
    }

    private static Stream<String> region(String name, URI kms) {
        return Stream.of(
                        "kubernetes.url=http://127.0.0.1:1",
                        "object-store.endpoint=" + seaweed.endpoint(),
                        "object-store.access-key=" + SeaweedForTest.KEYS.accessKey(),
                        "object-store.secret-key=" + SeaweedForTest.KEYS.secretKey(),
                        "kms.endpoint=" + kms,
                        "kms.access-key=any",
                        "kms.secret-key=any")
                .map(setting -> "--lifeboat.regions." + name + "." + setting);
    }

    private static String base64(byte[] key) {
        return Base64.getEncoder().encodeToString(key);
    }

    /** Takes a backup of one file, so that the keys are all there is to it. */
    private static final class OneFile implements BackupTaker {
        @Override
        public String method() {
            return "file";
        }

        @Override
        public Taken take(DatabaseInstance source, Parts parts) throws IOException {
            try (Part part = parts.begin("orders.txt", "one file")) {
                part.bytes().write(CONTENT.getBytes(StandardCharsets.UTF_8));
                part.finish();
            }
            return new Taken(Instant.parse("2026-11-21T02:00:00Z"), Map.of(), Map.of(), List.of());
        }
    }
}
