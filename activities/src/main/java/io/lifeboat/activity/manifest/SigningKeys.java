package io.lifeboat.activity.manifest;

import io.lifeboat.activity.site.Settings;
import io.lifeboat.runbook.Setting;
import io.lifeboat.workflow.FailureType;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/**
 * The Ed25519 keys of this installation, as PEM or its bare Base64: what {@code openssl genpkey -algorithm ed25519} and {@code
 * openssl pkey -pubout} write.
 *
 * @param keyId name of the signing key among the trusted ones
 * @param trusted the public keys a manifest may be signed with, by name
 */
public record SigningKeys(String keyId, Setting privateKey, Map<String, Setting> trusted) {
    private static final String ALGORITHM = "Ed25519";

    public SigningKeys {
        trusted = Map.copyOf(trusted);
    }

    /** The seal, with every key resolved; {@code PRECONDITION_FAILED} where one is none. */
    public EnvelopeSeal seal(Settings settings) {
        Map<String, PublicKey> keys = new HashMap<>();
        trusted.forEach((name, key) -> keys.put(name, publicKey(name, settings.resolve(key))));
        return new EnvelopeSeal(keyId, privateKey(settings.resolve(privateKey)), keys);
    }

    private PrivateKey privateKey(String pem) {
        try {
            return KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(der(pem)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw none("private key \"" + keyId + "\"", "openssl genpkey -algorithm ed25519");
        }
    }

    private static PublicKey publicKey(String name, String pem) {
        try {
            return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(der(pem)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw none("public key \"" + name + "\"", "openssl pkey -pubout");
        }
    }

    private static byte[] der(String pem) {
        return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    }

    /** The parser's own words may quote the key. */
    private static RuntimeException none(String which, String made) {
        return FailureType.PRECONDITION_FAILED.failure("Cannot use the " + which
                + " that signs backup manifests: it is no Ed25519 key in PEM. Make one with `" + made + "`.");
    }
}
