package io.lifeboat.activity.encryption.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.activity.encryption.CannotOpenException;
import io.lifeboat.activity.encryption.CannotSealException;
import io.lifeboat.activity.encryption.Encryption;
import io.lifeboat.activity.encryption.EncryptionContract;
import io.lifeboat.activity.encryption.NoFittingKeyException;
import io.lifeboat.activity.site.Settings;
import io.lifeboat.runbook.Setting;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KmsException;

@Order(1) // among the longest
class KmsEncryptionTest extends EncryptionContract {
    private static final EscrowPair ESCROW = EscrowPair.generate();
    private static final EscrowPair ANOTHER = EscrowPair.generate();
    private static final int FRAME = 65_536;

    private final InMemoryKms east = new InMemoryKms("us-east-1");
    private final InMemoryKms west = new InMemoryKms("us-west-2");

    @Override
    protected KmsEncryption sealing() {
        return encryption(publicKey(ESCROW), east, west);
    }

    @Override
    protected Encryption opening(String holder) {
        return holder.equals("escrow")
                ? encryption(EscrowKey.ofPrivate(ESCROW.privatePem()))
                : encryption(publicKey(ESCROW), holder.equals(east.key.region()) ? east : west);
    }

    @Override
    protected Encryption stranger() {
        return encryption(EscrowKey.ofPrivate(ANOTHER.privatePem()), new InMemoryKms("eu-west-1"));
    }

    @Test
    void namesTheRegionsAndTheEscrow() {
        assertThat(sealing().holders()).containsExactly("us-east-1", "us-west-2", "escrow");
    }

    @Test
    void showsTheDataClassToTheKmsAndNothingElse() throws IOException {
        String header = new String(seal(sealing(), new byte[0]), StandardCharsets.ISO_8859_1);

        assertThat(header).contains("lifeboat-data-class", "critical").doesNotContain("aws-crypto-public-key");
    }

    @Test
    void sealsForNobodyWhenTheKmsOfOneRegionIsGone() {
        west.failWith(gone());
        ByteArrayOutputStream sealed = new ByteArrayOutputStream();

        assertThatThrownBy(() -> sealing().seal(sealed))
                .isInstanceOf(CannotSealException.class)
                .hasMessage("nothing can be sealed for all of [us-east-1, us-west-2, escrow]: "
                        + "the KMS of us-west-2 did not answer (ConnectException: Connection refused)");
        assertThat(sealed.size()).isZero();
    }

    @Test
    void sealsForTheRestWhenAskedToAndSaysSo() throws IOException {
        east.failWith(gone());

        KmsEncryption rest = sealing().reachable();
        byte[] sealed = seal(rest, bytes(1000));

        assertThat(rest.holders()).containsExactly("us-west-2", "escrow");
        assertThat(open(opening("us-west-2"), sealed)).isEqualTo(bytes(1000));
        assertThat(open(opening("escrow"), sealed)).isEqualTo(bytes(1000));
    }

    @Test
    void sealsForTheEscrowAloneUnderNoCircumstances() {
        east.failWith(gone());
        west.failWith(gone());

        assertThatThrownBy(() -> sealing().reachable())
                .isInstanceOf(CannotSealException.class)
                .hasMessageContainingAll("critical", "us-east-1", "us-west-2");
    }

    @Test
    void keepsARegionWhoseKmsRefusesBecauseThatIsAMistakeToMend() throws IOException {
        west.failWith(refusal(400, "DisabledException"));

        Encryption rest = sealing().reachable();

        assertThat(rest.holders()).contains("us-west-2");
        assertThatThrownBy(() -> rest.seal(new ByteArrayOutputStream()))
                .isInstanceOf(CannotSealException.class)
                .hasMessageContaining("the KMS of us-west-2 refused: DisabledException");
    }

    @Test
    void keepsARegionForWhichTheWorkerHasNoCredentials() throws IOException {
        west.failWith(SdkClientException.create("Unable to load credentials"));

        Encryption rest = sealing().reachable();

        assertThatThrownBy(() -> rest.seal(new ByteArrayOutputStream()))
                .isInstanceOf(CannotSealException.class)
                .hasMessageContaining(
                        "the KMS of us-west-2 could not be asked (SdkClientException: Unable to load credentials)");
    }

    @Test
    void doesNotSealWithTheEscrowsPrivateHalf() {
        assertThatThrownBy(() -> opening("escrow").seal(new ByteArrayOutputStream()))
                .isInstanceOf(CannotSealException.class)
                .hasMessageContaining("public key");
    }

    @Test
    void refusesTwoKeysInOneRegion() {
        assertThatThrownBy(() -> encryption(publicKey(ESCROW), east, new InMemoryKms("us-east-1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one region");
    }

    @Test
    void saysOfEachKeyWhyItDoesNotOpen() throws IOException {
        byte[] sealed = seal(sealing(), bytes(1000));
        east.failWith(gone());
        west.failWith(refusal(400, "AccessDeniedException"));

        assertThatThrownBy(() -> open(sealing(), sealed))
                .isInstanceOf(NoFittingKeyException.class)
                .hasMessage(
                        "none of the worker's keys opens it: the KMS of us-east-1 did not answer (ConnectException: Connection refused); "
                                + "the KMS of us-west-2 refused: AccessDeniedException");
    }

    @Test
    void asksOnlyTheRegionsItIsSealedFor() throws IOException {
        byte[] sealed = seal(sealing(), bytes(1000));
        InMemoryKms elsewhere = new InMemoryKms("eu-west-1");

        open(encryption(publicKey(ESCROW), elsewhere, west), sealed);

        assertThat(elsewhere.calls).hasValue(0);
    }

    @Test
    void waitsForARegionThatHangsNoLongerThanItsLimitAndOnlyOnce() throws IOException {
        byte[] sealed = seal(sealing(), bytes(1000));
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                KmsClients hanging = clients(mute)) {
            Function<String, KmsClient> clients = region -> region.equals("us-east-1") ? hanging.in(region) : west;
            Encryption both = new KmsEncryption("critical", List.of(east.key, west.key), publicKey(ESCROW), clients);

            open(both, sealed);
            assertThat(callers(mute)).isPositive();
            open(both, sealed);
            assertThat(callers(mute)).isZero();
        }
    }

    @Test
    void noticesWhatWasAddedToTheEnd() throws IOException {
        for (int length : new int[] {0, FRAME, 400_000}) {
            byte[] sealed = seal(sealing(), bytes(length));
            for (int added : new int[] {1, 16, 300_000}) {
                assertThatThrownBy(() -> open(sealing(), Arrays.copyOf(sealed, sealed.length + added)))
                        .as("%d bytes added to %d", added, length)
                        .isInstanceOf(CannotOpenException.class);
            }
        }
    }

    @Test
    void noticesOneMessageAfterAnother() throws IOException {
        byte[] sealed = seal(sealing(), bytes(1000));
        byte[] twice = Arrays.copyOf(sealed, 2 * sealed.length);
        System.arraycopy(sealed, 0, twice, sealed.length, sealed.length);

        assertThatThrownBy(() -> open(sealing(), twice)).isInstanceOf(CannotOpenException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void noticesACutAtTheEndOfAFrame(int frames) throws IOException {
        byte[] sealed = seal(sealing(), bytes(3 * FRAME + 100));
        int end = header(sealed) + frames * (FRAME + 32);

        assertThatThrownBy(() -> open(sealing(), Arrays.copyOf(sealed, end)))
                .isInstanceOf(CannotOpenException.class)
                .isNotInstanceOf(NoFittingKeyException.class);
    }

    @Test
    void noticesFramesThatChangedPlaces() throws IOException {
        byte[] sealed = seal(sealing(), bytes(3 * FRAME + 100));
        int first = header(sealed);
        int frame = FRAME + 32;
        byte[] changed = sealed.clone();
        System.arraycopy(sealed, first, changed, first + frame, frame);
        System.arraycopy(sealed, first + frame, changed, first, frame);

        assertThatThrownBy(() -> open(sealing(), changed)).isInstanceOf(CannotOpenException.class);
    }

    @Test
    void noticesAChangeInEveryByteOfTheHeaderAndOfTheLastTag() throws IOException {
        byte[] sealed = seal(sealing(), bytes(100));
        int header = header(sealed, 100);

        for (int at : Stream.concat(
                        Stream.iterate(0, i -> i < header, i -> i + 1),
                        Stream.iterate(sealed.length - 16, i -> i < sealed.length, i -> i + 1))
                .toList()) {
            byte[] changed = sealed.clone();
            changed[at] ^= 0x10;
            assertThatThrownBy(() -> open(opening("us-west-2"), changed))
                    .as("byte %d", at)
                    .isInstanceOf(CannotOpenException.class);
        }
    }

    @Test
    void failsAgainWhenReadOnAfterAFailure() throws IOException {
        byte[] sealed = seal(sealing(), bytes(300_000));
        InputStream opened = sealing().open(new ByteArrayInputStream(Arrays.copyOf(sealed, sealed.length - 1)));

        assertThatThrownBy(opened::readAllBytes).isInstanceOf(CannotOpenException.class);
        assertThatThrownBy(opened::read).isInstanceOf(CannotOpenException.class);
    }

    @Test
    void passesOnWhatItTakesInAndTakesInNoMoreThanItNeeds() throws IOException {
        int length = 8 << 20;
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        OutputStream sealing = sealing().seal(target);
        for (int written = 0; written < length; written += FRAME) {
            sealing.write(bytes(FRAME));
        }
        assertThat(target.size()).isGreaterThan(length - (1 << 20));
        sealing.close();

        ByteArrayInputStream source = new ByteArrayInputStream(target.toByteArray());
        try (InputStream opened = sealing().open(source)) {
            opened.readNBytes(1 << 20);
            assertThat(target.size() - source.available()).isLessThan(2 << 20);
        }
    }

    @Test
    void callsEmptinessByItsName() {
        assertThatThrownBy(() -> open(sealing(), new byte[0]))
                .isInstanceOf(CannotOpenException.class)
                .hasMessage("it is empty");
    }

    @Test
    void flushesTheTargetButLeavesItOpenAndClosesTheSourceWithTheOpenedOne() throws IOException {
        Closable target = new Closable();
        try (OutputStream sealing = sealing().seal(target)) {
            sealing.write(1);
        }
        boolean[] closed = new boolean[1];
        InputStream source = new ByteArrayInputStream(target.toByteArray()) {
            @Override
            public void close() {
                closed[0] = true;
            }
        };

        sealing().open(source).close();

        assertThat(target.closed).isFalse();
        assertThat(closed[0]).isTrue();
    }

    private static final class Closable extends ByteArrayOutputStream {
        private boolean closed;

        @Override
        public void close() {
            closed = true;
        }
    }

    private static KmsEncryption encryption(EscrowKey escrow, InMemoryKms... services) {
        List<InMemoryKms> regions = List.of(services);
        return new KmsEncryption(
                "critical",
                regions.stream().map(kms -> kms.key).toList(),
                escrow,
                region -> regions.stream()
                        .filter(kms -> kms.key.region().equals(region))
                        .findFirst()
                        .orElseThrow());
    }

    private static EscrowKey publicKey(EscrowPair pair) {
        return EscrowKey.ofPublic(pair.publicPem());
    }

    private static SdkClientException gone() {
        return SdkClientException.create("Cannot execute", new ConnectException("Connection refused"));
    }

    private static KmsException refusal(int status, String code) {
        return (KmsException) KmsException.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                .build();
    }

    private static KmsClients clients(ServerSocket server) {
        URI endpoint = URI.create("http://" + server.getInetAddress().getHostAddress() + ":" + server.getLocalPort());
        Setting any = new Setting("any");
        return new KmsClients(
                Map.of("us-east-1", new KmsAccess(Optional.of(endpoint), Optional.of(any), Optional.of(any))),
                new Settings(name -> null));
    }

    /** How many have called since the last look. */
    private static int callers(ServerSocket server) throws IOException {
        server.setSoTimeout(10);
        int callers = 0;
        while (true) {
            try {
                server.accept().close();
                callers++;
            } catch (SocketTimeoutException noMore) {
                return callers;
            }
        }
    }

    /** How long the header of a stream of three frames and 100 bytes is. */
    private static int header(byte[] sealed) {
        return header(sealed, 100) - 3 * (FRAME + 32);
    }

    private static int header(byte[] sealed, int lastFrame) {
        return sealed.length - (4 + 4 + 12 + 4 + lastFrame + 16);
    }

    private static byte[] seal(Encryption encryption, byte[] plain) throws IOException {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        try (OutputStream stream = encryption.seal(target)) {
            stream.write(plain);
        }
        return target.toByteArray();
    }

    private static byte[] open(Encryption encryption, byte[] sealed) throws IOException {
        try (InputStream stream = encryption.open(new ByteArrayInputStream(sealed))) {
            return stream.readAllBytes();
        }
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
