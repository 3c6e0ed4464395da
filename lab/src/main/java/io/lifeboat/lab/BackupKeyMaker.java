package io.lifeboat.lab;

import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import io.lifeboat.lab.LabState.BackupKeys;
import io.lifeboat.lab.LabState.KeyHolder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Makes the keys that a lab's backups are sealed for and signed with. */
final class BackupKeyMaker {
    private static final String ESCROW = "escrow";

    private BackupKeyMaker() {}

    static BackupKeys make(List<String> regions) {
        List<KeyHolder> holders = new ArrayList<>();
        try {
            for (String region : regions) {
                holders.add(holder(region));
            }
            holders.add(holder(ESCROW));
            KeyPair signing = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            return new BackupKeys(
                    holders,
                    base64(signing.getPrivate().getEncoded()),
                    base64(signing.getPublic().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw LabException.failed("Cannot make keys for the lab's backups: " + e.getMessage(), e);
        }
    }

    private static KeyHolder holder(String name) throws GeneralSecurityException {
        KeyPair pair = new X25519KeyPairGenerator().generateKeyPair();
        return new KeyHolder(
                name,
                ascii(pair.getPublic().getEncoded()),
                ascii(pair.getPrivate().getEncoded()));
    }

    private static String ascii(byte[] key) {
        return new String(key, StandardCharsets.US_ASCII);
    }

    private static String base64(byte[] key) {
        return Base64.getEncoder().encodeToString(key);
    }
}
