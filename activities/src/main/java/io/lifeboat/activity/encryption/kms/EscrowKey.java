package io.lifeboat.activity.encryption.kms;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.interfaces.RSAKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.cryptography.materialproviders.IKeyring;
import software.amazon.cryptography.materialproviders.MaterialProviders;
import software.amazon.cryptography.materialproviders.model.CreateRawRsaKeyringInput;
import software.amazon.cryptography.materialproviders.model.PaddingScheme;

/** The offline RSA key of the escrow: its public half, which seals, or its private half, which only opens. */
public final class EscrowKey {
    /** What a sealed stream calls the key; docs/restore-by-hand.md has to say the same. */
    private static final String NAMESPACE = "lifeboat";

    static final String HOLDER = "escrow";
    private static final int BITS = 4096;

    private final Optional<String> publicPem;
    private final Optional<String> privatePem;

    private EscrowKey(Optional<String> publicPem, Optional<String> privatePem) {
        this.publicPem = publicPem;
        this.privatePem = privatePem;
    }

    /**
     * The half that a worker has.
     *
     * @param pem as {@code openssl pkey -pubout} writes it
     * @throws IllegalArgumentException when it is none, or shorter than 4096 bits; without a word of it
     */
    public static EscrowKey ofPublic(String pem) {
        requireLength(key(
                pem,
                "PUBLIC KEY",
                "openssl pkey -in escrow.pem -pubout",
                (rsa, der) -> rsa.generatePublic(new X509EncodedKeySpec(der))));
        return new EscrowKey(Optional.of(pem), Optional.empty());
    }

    /**
     * The half that is kept offline, for the day on which no KMS is left.
     *
     * @param pem as {@code openssl genpkey} writes it, without a password
     * @throws IllegalArgumentException when it is none, or shorter than 4096 bits; without a word of it
     */
    public static EscrowKey ofPrivate(String pem) {
        requireLength(key(
                pem,
                "PRIVATE KEY",
                "openssl pkey -in escrow.pem",
                (rsa, der) -> rsa.generatePrivate(new PKCS8EncodedKeySpec(der))));
        return new EscrowKey(Optional.empty(), Optional.of(pem));
    }

    private static Key key(String pem, String kind, String command, Decoder decoder) {
        Matcher body = Pattern.compile("-----BEGIN " + kind + "-----(.+?)-----END " + kind + "-----", Pattern.DOTALL)
                .matcher(pem);
        if (!body.find()) {
            throw new IllegalArgumentException("Cannot use the escrow's key: it is not in PEM with the header \"BEGIN "
                    + kind + "\". Write it with `" + command + "`.");
        }
        try {
            return decoder.decode(
                    KeyFactory.getInstance("RSA"), Base64.getMimeDecoder().decode(body.group(1)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // Without its cause, which may quote what it could not read.
            throw new IllegalArgumentException("Cannot use the escrow's key: what follows \"BEGIN " + kind
                    + "\" is no RSA key. Write it with `" + command + "`.");
        }
    }

    private interface Decoder {
        Key decode(KeyFactory rsa, byte[] der) throws GeneralSecurityException;
    }

    private static void requireLength(Key key) {
        int bits = ((RSAKey) key).getModulus().bitLength();
        if (bits < BITS) {
            throw new IllegalArgumentException("Cannot use the escrow's key: it has " + bits + " bits. Make one of "
                    + BITS + " with `openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:" + BITS + "`.");
        }
    }

    boolean seals() {
        return publicPem.isPresent();
    }

    boolean opens() {
        return privatePem.isPresent();
    }

    Holder holder(MaterialProviders providers) {
        CreateRawRsaKeyringInput.Builder input = CreateRawRsaKeyringInput.builder()
                .keyNamespace(NAMESPACE)
                .keyName(HOLDER)
                .paddingScheme(PaddingScheme.OAEP_SHA256_MGF1);
        publicPem.ifPresent(pem -> input.publicKey(bytes(pem)));
        privatePem.ifPresent(pem -> input.privateKey(bytes(pem)));
        return new Offline(providers.CreateRawRsaKeyring(input.build()));
    }

    private static ByteBuffer bytes(String pem) {
        return ByteBuffer.wrap(pem.getBytes(StandardCharsets.US_ASCII));
    }

    private record Offline(IKeyring keyring) implements Holder {
        @Override
        public String name() {
            return HOLDER;
        }

        @Override
        public String refusal() {
            return "it is not sealed for this escrow key";
        }
    }
}
