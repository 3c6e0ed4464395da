package io.lifeboat.activity.encryption.age;

import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Map;
import java.util.TreeMap;

/** A pair of age keys, made for a test. */
public record AgeKeys(String recipient, String identity) {
    public static AgeKeys generate() {
        try {
            KeyPair pair = new X25519KeyPairGenerator().generateKeyPair();
            return new AgeKeys(
                    new String(pair.getPublic().getEncoded(), StandardCharsets.US_ASCII),
                    new String(pair.getPrivate().getEncoded(), StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Map<String, String> recipients(Map<String, AgeKeys> holders) {
        Map<String, String> recipients = new TreeMap<>();
        holders.forEach((holder, keys) -> recipients.put(holder, keys.recipient()));
        return recipients;
    }
}
