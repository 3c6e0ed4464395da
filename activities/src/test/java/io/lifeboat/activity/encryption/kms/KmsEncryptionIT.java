package io.lifeboat.activity.encryption.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.activity.encryption.CannotSealException;
import io.lifeboat.activity.encryption.Encryption;
import io.lifeboat.activity.encryption.EncryptionContract;
import io.lifeboat.activity.encryption.KeyAge;
import io.lifeboat.activity.encryption.NoFittingKeyException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Two regions, each with a KMS of its own behind AWS's API: both there, one hanging, both lost. */
@Order(1) // among the longest
class KmsEncryptionIT extends EncryptionContract {
    private static final byte[] PLAIN = "order placed".repeat(20_000).getBytes(StandardCharsets.UTF_8);

    @TempDir
    private static Path folder;

    private static MotoKms east;
    private static MotoKms west;
    private static KmsClients clients;
    private static KmsKey eastKey;
    private static KmsKey westKey;
    private static KmsKey foreignKey;
    private static EscrowPair escrow;

    @BeforeAll
    static void startTwoRegions() throws Exception {
        MotoKms.assumeInstalled();
        east = new MotoKms(folder, "us-east-1", "127.36.1.1");
        west = new MotoKms(folder, "us-west-2", "127.36.2.1");
        escrow = EscrowPair.generate();
        eastKey = east.await().createKey();
        westKey = west.await().createKey();
        foreignKey = west.createKey();
        clients = MotoKms.clients(east, west);
    }

    @AfterAll
    static void stop() {
        if (clients != null) {
            clients.close();
        }
        loseBoth();
    }

    private static void loseBoth() {
        if (east != null) {
            east.close();
        }
        if (west != null) {
            west.close();
        }
    }

    @Override
    protected KmsEncryption sealing() {
        return new KmsEncryption(
                "critical", List.of(eastKey, westKey), EscrowKey.ofPublic(escrow.publicPem()), clients);
    }

    @Override
    protected Encryption opening(String holder) {
        return switch (holder) {
            case "us-east-1" -> openedBy(eastKey);
            case "us-west-2" -> openedBy(westKey);
            default -> new KmsEncryption("critical", List.of(), EscrowKey.ofPrivate(escrow.privatePem()), clients);
        };
    }

    @Override
    protected Encryption stranger() {
        return openedBy(foreignKey);
    }

    private static KmsEncryption openedBy(KmsKey key) {
        return new KmsEncryption("critical", List.of(key), EscrowKey.ofPublic(escrow.publicPem()), clients);
    }

    @Test
    void opensWhileTheKmsOfTheFirstRegionHangs() throws Exception {
        byte[] sealed = seal(sealing());

        east.hang();
        try {
            long began = System.nanoTime();
            assertThat(open(sealing(), sealed)).isEqualTo(PLAIN);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
        } finally {
            east.goOn();
        }
    }

    @Test
    void sealsForTheOtherRegionAndTheEscrowWhileOneHangs() throws Exception {
        byte[] sealed;

        west.hang();
        try {
            assertThatThrownBy(() -> seal(sealing()))
                    .isInstanceOf(CannotSealException.class)
                    .hasMessageContaining("the KMS of us-west-2 did not answer");
            KmsEncryption rest = sealing().reachable();
            assertThat(rest.holders()).containsExactly("us-east-1", "escrow");
            sealed = seal(rest);
        } finally {
            west.goOn();
        }

        assertThat(open(opening("us-east-1"), sealed)).isEqualTo(PLAIN);
        assertThat(open(opening("escrow"), sealed)).isEqualTo(PLAIN);
        assertThatThrownBy(() -> open(opening("us-west-2"), sealed)).isInstanceOf(NoFittingKeyException.class);
    }

    @Test
    void tellsTheAgeOfEachKeySinceItWasMadeOrRotated() throws Exception {
        Instant before = Instant.now().minusSeconds(60);
        KmsKey rotated = east.createKey();
        Instant made = known(rotated).since();
        east.rotate(rotated);

        assertThat(known(westKey).since()).isBetween(before.minusSeconds(600), Instant.now());
        assertThat(known(rotated).since()).isAfter(made);
        assertThat(new KmsKeyAges(List.of(new KmsKey(westKey.arn().replaceAll("[^/]+$", "gone"))), clients).read())
                .singleElement()
                .isInstanceOfSatisfying(
                        KeyAge.Unknown.class,
                        age -> assertThat(age.why()).isEqualTo("the KMS of us-west-2 refused: NotFoundException"));
    }

    private static KeyAge.Known known(KmsKey key) {
        return (KeyAge.Known) new KmsKeyAges(List.of(key), clients).read().getFirst();
    }

    /** Runs after the tests above. */
    @Nested
    @Execution(ExecutionMode.SAME_THREAD)
    class WhenBothAreLost {
        private static byte[] sealed;

        @BeforeAll
        static void sealAndLoseBoth() throws IOException {
            sealed = seal(new KmsEncryption(
                    "critical", List.of(eastKey, westKey), EscrowKey.ofPublic(escrow.publicPem()), clients));
            loseBoth();
        }

        @Test
        void theEscrowKeyOpens() throws IOException {
            assertThat(open(opening("escrow"), sealed)).isEqualTo(PLAIN);
        }

        @Test
        void itSaysThatNeitherKmsAnswersWhereThereIsNoEscrowKey() {
            assertThatThrownBy(() -> open(sealing(), sealed))
                    .isInstanceOf(NoFittingKeyException.class)
                    .hasMessage(
                            "none of the worker's keys opens it: the KMS of us-east-1 did not answer (ConnectException: Connection refused); "
                                    + "the KMS of us-west-2 did not answer (ConnectException: Connection refused)");
        }

        @Test
        void nothingIsSealedForTheEscrowAlone() {
            assertThatThrownBy(() -> sealing().reachable())
                    .isInstanceOf(CannotSealException.class)
                    .hasMessageContainingAll("us-east-1", "us-west-2");
        }
    }

    private static byte[] seal(Encryption encryption) throws IOException {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        try (OutputStream stream = encryption.seal(target)) {
            stream.write(PLAIN);
        }
        return target.toByteArray();
    }

    private static byte[] open(Encryption encryption, byte[] sealed) throws IOException {
        try (InputStream stream = encryption.open(new ByteArrayInputStream(sealed))) {
            return stream.readAllBytes();
        }
    }
}
