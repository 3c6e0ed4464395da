package io.lifeboat.activity.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lifeboat.activity.manifest.Manifest.Content;
import io.lifeboat.activity.manifest.Manifest.Part;
import io.lifeboat.activity.manifest.Manifest.Previous;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ManifestSealTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ID = "20261121T020000Z";

    private final KeyPair keys = generate();
    private final ManifestSeal seal = new ManifestSeal("2026", keys.getPrivate(), Map.of("2026", keys.getPublic()));
    private final Manifest manifest = new Manifest(
            Manifest.SCHEMA_VERSION,
            "orders",
            "orders-db",
            ID,
            "logical",
            Instant.parse("2026-11-21T02:00:00.123456Z"),
            Instant.parse("2026-11-21T02:00:07Z"),
            Map.of("lsn", "0/3000060"),
            Map.of("pg_dump", "18.6"),
            "age",
            List.of("us-east-1", "escrow"),
            List.of(new Part(
                    "database.dump",
                    "pg_dump custom format",
                    new Sums(10, "a".repeat(64), 7, "b".repeat(64), List.of("c".repeat(64))))),
            List.of(new Content("public.orders", 3, "-12")),
            Optional.of(new Previous("20261120T020000Z", "c".repeat(64))),
            Instant.parse("2026-12-21T02:00:00Z"));

    @Test
    void opensWhatItSealed() throws Exception {
        assertThat(open(seal.seal(manifest))).isEqualTo(manifest);
    }

    @Test
    void signatureIsOverTheTypeAndThePayloadAsDsseSays() {
        // The example of DSSE's protocol.md, "Test vectors".
        assertThat(new String(
                        Envelope.signed(
                                "http://example.com/HelloWorld", "hello world".getBytes(StandardCharsets.UTF_8)),
                        StandardCharsets.UTF_8))
                .isEqualTo("DSSEv1 29 http://example.com/HelloWorld 11 hello world");
    }

    @Test
    void manifestThatSomebodyElseSignedIsNotTrusted() {
        KeyPair other = generate();
        byte[] forged = new ManifestSeal("2026", other.getPrivate(), Map.of()).seal(manifest);

        assertThatThrownBy(() -> open(forged))
                .isInstanceOf(UntrustedManifestException.class)
                .hasMessageContaining("no key that this worker trusts");
    }

    @Test
    void olderKeyStaysTrusted() throws Exception {
        KeyPair old = generate();
        byte[] earlier = new ManifestSeal("2025", old.getPrivate(), Map.of()).seal(manifest);
        ManifestSeal rotated =
                new ManifestSeal("2026", keys.getPrivate(), Map.of("2026", keys.getPublic(), "2025", old.getPublic()));

        assertThat(rotated.open(earlier, "orders", "orders-db", ID)).isEqualTo(manifest);
    }

    @Test
    void changedPayloadIsNotTrusted() throws Exception {
        ObjectNode envelope = (ObjectNode) JSON.readTree(seal.seal(manifest));
        String payload =
                new String(Base64.getDecoder().decode(envelope.get("payload").asText()), StandardCharsets.UTF_8);
        envelope.put(
                "payload",
                Base64.getEncoder()
                        .encodeToString(
                                payload.replace("\"rows\":3", "\"rows\":4").getBytes(StandardCharsets.UTF_8)));

        assertThatThrownBy(() -> open(JSON.writeValueAsBytes(envelope))).isInstanceOf(UntrustedManifestException.class);
    }

    @Test
    void otherTypeWithTheSamePayloadIsNotTrusted() throws Exception {
        // A signature made for another purpose with the same key.
        JsonNode envelope = JSON.readTree(seal.seal(manifest));
        java.security.Signature signature = java.security.Signature.getInstance("Ed25519");
        signature.initSign(keys.getPrivate());
        signature.update(Envelope.signed(
                "application/json",
                Base64.getDecoder().decode(envelope.get("payload").asText())));
        ((ObjectNode) envelope.get("signatures").get(0))
                .put("sig", Base64.getEncoder().encodeToString(signature.sign()));

        assertThatThrownBy(() -> open(JSON.writeValueAsBytes(envelope))).isInstanceOf(UntrustedManifestException.class);
    }

    @Test
    void manifestOfAnotherBackupIsNotTakenForThisOne() {
        byte[] sealed = seal.seal(manifest);

        assertThatThrownBy(() -> seal.open(sealed, "orders", "orders-db", "20261122T020000Z"))
                .isInstanceOf(UntrustedManifestException.class)
                .hasMessageContaining("orders/orders-db/" + ID);
        assertThatThrownBy(() -> seal.open(sealed, "billing", "orders-db", ID))
                .isInstanceOf(UntrustedManifestException.class);
    }

    @Test
    void whatIsNoManifestIsNotTrusted() {
        for (String junk : List.of("", "{}", "[]", "{\"payload\":\"%\",\"signatures\":[]}", "null")) {
            assertThatThrownBy(() -> open(junk.getBytes(StandardCharsets.UTF_8)))
                    .as(junk)
                    .isInstanceOf(UntrustedManifestException.class);
        }
    }

    private Manifest open(byte[] envelope) throws UntrustedManifestException {
        return seal.open(envelope, "orders", "orders-db", ID);
    }

    private static KeyPair generate() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
