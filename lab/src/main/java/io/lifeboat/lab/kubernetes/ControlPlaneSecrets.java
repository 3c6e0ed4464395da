package io.lifeboat.lab.kubernetes;

import io.lifeboat.lab.LabException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;

/** The files a control plane reads at its start: keys and tokens made anew for each lab, readable by their owner only. */
final class ControlPlaneSecrets {

    private static final int TOKEN_BYTES = 24;
    private static final int KEY_BITS = 2048;

    private ControlPlaneSecrets() {}

    /** Writes what is missing: a region that comes back keeps its keys, as it keeps its objects. */
    static void write(ControlPlaneFiles files, String url) {
        try {
            Files.createDirectories(files.certificates());
            if (Files.exists(files.stages())) {
                return;
            }
            String token = randomToken();
            secret(files.token(), token + "\n");
            secret(files.tokenTable(), token + ",lifeboat-lab,lifeboat-lab,system:masters\n");
            secret(files.kubeconfig(), kubeconfig(files, url));
            KeyPair pair = keyPair();
            secret(
                    files.serviceAccountKey(),
                    pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
            secret(
                    files.serviceAccountPublicKey(),
                    pem("PUBLIC KEY", pair.getPublic().getEncoded()));
            secret(files.stages(), stages());
        } catch (IOException e) {
            throw LabException.failed(
                    "Cannot prepare Kubernetes below " + files.folder() + ": " + e + ". Free some disk space.", e);
        }
    }

    private static String kubeconfig(ControlPlaneFiles files, String url) {
        return """
                apiVersion: v1
                kind: Config
                clusters: [{ name: lab, cluster: { server: "%s", certificate-authority: "%s" } }]
                users: [{ name: lab, user: { tokenFile: "%s" } }]
                contexts: [{ name: lab, context: { cluster: lab, user: lab } }]
                current-context: lab
                """.formatted(url, files.certificate(), files.token());
    }

    private static String stages() throws IOException {
        try (InputStream bundled =
                Objects.requireNonNull(ControlPlaneSecrets.class.getResourceAsStream("stages.yaml"), "stages.yaml")) {
            return new String(bundled.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String randomToken() {
        byte[] bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static KeyPair keyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(KEY_BITS);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
    }

    private static String pem(String kind, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n";
    }

    private static void secret(Path file, String content) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, content);
    }
}
