package io.lifeboat.activity.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.activity.site.Settings;
import io.lifeboat.runbook.Setting;
import io.lifeboat.workflow.FailureType;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SigningKeysTest {
    private static final KeyPair PAIR = pair();

    @Test
    void pemAndBareBase64AreTheSameKey() throws UntrustedManifestException {
        String pem = "-----BEGIN PRIVATE KEY-----\n" + text(PAIR.getPrivate()) + "\n-----END PRIVATE KEY-----\n";
        ManifestSeal signing = keys(Map.of("KEY", pem, "PUBLIC", text(PAIR.getPublic())));
        Manifest manifest = new Manifest(
                1,
                "orders",
                "orders-db",
                "20261121T020000Z-nightly",
                "logical",
                Instant.EPOCH,
                Instant.EPOCH,
                Map.of(),
                Map.of(),
                "age",
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Instant.EPOCH);

        assertThat(signing.open(signing.seal(manifest), "orders", "orders-db", manifest.id()))
                .isEqualTo(manifest);
    }

    @Test
    void whatIsNoKeyIsSaidWithoutQuotingIt() {
        assertThatThrownBy(() -> keys(Map.of("KEY", "c2VjcmV0", "PUBLIC", text(PAIR.getPublic()))))
                .matches(FailureType.PRECONDITION_FAILED::is)
                .hasMessageContaining("Cannot use the private key \"2026\"")
                .hasMessageContaining("openssl genpkey -algorithm ed25519")
                .hasMessageNotContaining("c2VjcmV0");
        assertThatThrownBy(() -> keys(Map.of("KEY", text(PAIR.getPrivate()), "PUBLIC", "?")))
                .hasMessageContaining("Cannot use the public key \"2026\"");
    }

    private static ManifestSeal keys(Map<String, String> environment) {
        return new ManifestSeal(
                new SigningKeys("2026", new Setting("env:KEY"), Map.of("2026", new Setting("env:PUBLIC")))
                        .seal(new Settings(environment::get)));
    }

    private static String text(Key key) {
        return Base64.getMimeEncoder().encodeToString(key.getEncoded());
    }

    private static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
