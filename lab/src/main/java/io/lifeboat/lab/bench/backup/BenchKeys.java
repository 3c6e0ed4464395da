package io.lifeboat.lab.bench.backup;

import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import io.lifeboat.activity.backup.BackupChain;
import io.lifeboat.activity.encryption.age.AgeEncryption;
import io.lifeboat.activity.manifest.ManifestSeal;
import io.lifeboat.activity.storage.LargeObjects;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Three holders' age keys and a signature, made for one run of the bench. */
final class BenchKeys {
    private static final String FIRST = "us-east-1";

    private final Map<String, String> recipients = new TreeMap<>();
    private final String identity;
    private final KeyPair signing;

    BenchKeys() {
        try {
            KeyPair first = new X25519KeyPairGenerator().generateKeyPair();
            identity = text(first.getPrivate().getEncoded());
            recipients.put(FIRST, text(first.getPublic().getEncoded()));
            for (String other : List.of("us-west-2", "escrow")) {
                recipients.put(
                        other,
                        text(new X25519KeyPairGenerator()
                                .generateKeyPair()
                                .getPublic()
                                .getEncoded()));
            }
            signing = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every Java platform has them
        }
    }

    /** The chain as the worker has it. */
    BackupChain chain(Function<String, LargeObjects> stores) {
        return new BackupChain(stores, encryption(), seal(), Clock.systemUTC());
    }

    AgeEncryption encryption() {
        return new AgeEncryption(recipients, List.of(identity));
    }

    ManifestSeal seal() {
        return new ManifestSeal("bench", signing.getPrivate(), Map.of("bench", signing.getPublic()));
    }

    Path writeRecipients(Path folder) throws IOException {
        return Files.write(folder.resolve("recipients.txt"), recipients.values());
    }

    Path writeIdentity(Path folder) throws IOException {
        return Files.writeString(folder.resolve("identity.txt"), identity + "\n");
    }

    private static String text(byte[] key) {
        return new String(key, StandardCharsets.US_ASCII);
    }
}
