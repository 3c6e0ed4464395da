package io.lifeboat.lab.objectstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lifeboat.activity.database.PostgresPair;
import io.lifeboat.activity.database.PostgresTool;
import io.lifeboat.activity.database.postgresql.PostgresLogicalBackup;
import io.lifeboat.activity.encryption.Encryption;
import io.lifeboat.activity.encryption.kms.EscrowKey;
import io.lifeboat.activity.encryption.kms.EscrowPair;
import io.lifeboat.activity.encryption.kms.KmsClients;
import io.lifeboat.activity.encryption.kms.KmsEncryption;
import io.lifeboat.activity.encryption.kms.KmsKey;
import io.lifeboat.activity.encryption.kms.MotoKms;
import io.lifeboat.lab.objectstore.RestorePage.Opener;
import io.lifeboat.lab.objectstore.RestorePage.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A person with the bucket, the escrow key and docs/restore-by-hand.md, and nothing of Lifeboat: exactly that page's commands. */
class RestoreByHandIT {
    private static final String ID = "20261121T020000Z";
    private static final String KMS_ID = "20261121T030000Z";

    @TempDir
    private static Path folder;

    @AutoClose
    private static ByHandSite site;

    @BeforeAll
    static void takeABackup() throws Exception {
        site = new ByHandSite(folder, "127.33.4.1");
        PostgresPair pair = site.pair();
        try (Connection service = pair.service(PostgresPair.EAST)) {
            pair.execute(service, "CREATE TABLE orders (id int PRIMARY KEY, what text)");
            pair.execute(service, "INSERT INTO orders SELECT n, md5(n::text) FROM generate_series(1, 1000) n");
            pair.execute(service, "CREATE TABLE \"odd Name\" (n int)");
            pair.execute(service, "CREATE TABLE \"other One\" AS SELECT 7 AS n");
        }
        take(ByHandSite.age(), ID);
    }

    private static void take(Encryption encryption, String id) {
        site.take(new PostgresLogicalBackup(Optional.of(PostgresTool.programs())), encryption, id);
    }

    @Test
    void theEscrowKeyAndThePageBringTheDatabaseBack() throws Exception {
        Path work = Files.createDirectory(folder.resolve("by-hand"));

        String said = new RestorePage().run(Opener.AGE, work, site.environment(work, ID, "restored"));

        assertThat(said)
                .contains("Signature Verified Successfully", "database.dump.zst.age: OK", "roles.sql.zst.age: OK")
                .contains("sealed with age for escrow, us-west-2");
        assertBroughtBack(said, "restored");
        assertThat(work.resolve("database.dump")).doesNotExist();
    }

    @Test
    void thePageBringsOneTableBackAndNoOther() throws Exception {
        Path work = Files.createDirectory(folder.resolve("one-table"));

        String said = new RestorePage()
                .run(Way.ONE_TABLE, Opener.AGE, List.of(), work, site.environment(work, ID, "one_table"));

        assertThat(said).contains("public.orders: 1000 rows").endsWith("exit code 0");
        try (Connection admin = site.pair().administrator(PostgresPair.EAST, "one_table");
                Statement statement = admin.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM \"other One\"")) {
            rows.next();
            assertThat(rows.getLong(1)).isZero();
        }
    }

    @Test
    void thePageStopsAtAManifestThatSomebodyElseSigned() throws Exception {
        Path work = Files.createDirectory(folder.resolve("forged"));
        Map<String, String> environment = site.environment(work, ID, "forged");
        PublicKey stranger = ByHandSite.ed25519().getPublic();
        environment.put("SIGNING_KEY", ByHandSite.file(work, "stranger.pem", ByHandSite.pem(stranger)));

        String said = new RestorePage().run(Opener.AGE, work, environment);

        assertThat(said).contains("Signature Verification Failure").endsWith("exit code 1");
        assertThat(work.resolve("database.dump.zst.age")).doesNotExist();
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
                    ByHandSite.isInstalled("aws-encryption-cli"),
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
            Map<String, String> environment = site.environment(work, KMS_ID, database);
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
        try (Connection admin = site.pair().administrator(PostgresPair.EAST, database);
                Statement statement = admin.createStatement();
                ResultSet rows = statement.executeQuery("SELECT what = md5('7') FROM orders WHERE id = 7")) {
            rows.next();
            assertThat(rows.getBoolean(1)).isTrue();
        }
    }
}
