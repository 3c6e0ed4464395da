package io.lifeboat.activity.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lifeboat.workflow.WireFormat;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Signs what is said about stored bytes with this installation's Ed25519 key, and opens what was signed with a key it trusts. Each
 * kind of payload has a type of its own, so that none can stand in for another.
 */
public final class EnvelopeSeal {
    private static final String ALGORITHM = "Ed25519";
    private static final ObjectMapper JSON = WireFormat.mapper();

    private final String keyId;
    private final PrivateKey key;
    private final Map<String, PublicKey> trusted;

    /**
     * @param keyId name of the signing key among the trusted ones
     * @param trusted the public keys an envelope may be signed with, by name
     */
    public EnvelopeSeal(String keyId, PrivateKey key, Map<String, PublicKey> trusted) {
        this.keyId = keyId;
        this.key = key;
        this.trusted = Map.copyOf(trusted);
    }

    /** The envelope's bytes, to be stored as they are; the payload is written as JSON. */
    public byte[] seal(String type, Object payload) {
        try {
            byte[] bytes = JSON.writeValueAsBytes(payload);
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(Envelope.signed(type, bytes));
            Base64.Encoder base64 = Base64.getEncoder();
            return JSON.writeValueAsBytes(new Envelope(
                    type,
                    base64.encodeToString(bytes),
                    List.of(new Envelope.Signature(keyId, base64.encodeToString(signature.sign())))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the signing key is no Ed25519 key", e);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // records of plain values
        }
    }

    /**
     * Opens an envelope.
     *
     * @throws UntrustedManifestException when no trusted key signed it as this type, or its payload is no such record
     */
    public <T> T open(String type, byte[] envelope, Class<T> payload) throws UntrustedManifestException {
        try {
            @Nullable T opened = JSON.readValue(verified(type, envelope), payload);
            if (opened != null) {
                return opened;
            }
        } catch (IOException e) {
            throw new UntrustedManifestException("it is signed, but it cannot be read; use a newer worker");
        }
        throw new UntrustedManifestException("it is signed, but it says nothing");
    }

    private byte[] verified(String type, byte[] bytes) throws UntrustedManifestException {
        try {
            @Nullable Envelope envelope = JSON.readValue(bytes, Envelope.class);
            if (envelope == null) {
                throw new UntrustedManifestException("it is no signed manifest");
            }
            byte[] payload = envelope.payloadBytes();
            byte[] signed = Envelope.signed(type, payload);
            for (Envelope.Signature signature : envelope.signatures()) {
                if (isGood(signature, signed)) {
                    return payload;
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new UntrustedManifestException("it is no signed manifest");
        }
        throw new UntrustedManifestException("no key that this worker trusts has signed it");
    }

    private boolean isGood(Envelope.Signature signature, byte[] signed) {
        byte[] bytes = Base64.getDecoder().decode(signature.sig());
        return trusted.values().stream().anyMatch(candidate -> verifies(candidate, bytes, signed));
    }

    private static boolean verifies(PublicKey candidate, byte[] signature, byte[] signed) {
        try {
            Signature verifier = Signature.getInstance(ALGORITHM);
            verifier.initVerify(candidate);
            verifier.update(signed);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false; // a signature that is none
        }
    }
}
