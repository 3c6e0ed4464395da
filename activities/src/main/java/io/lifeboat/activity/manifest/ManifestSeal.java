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
 * Signs manifests with this installation's Ed25519 key and opens those that were signed with one it trusts. Old keys stay trusted
 * for as long as backups live that they signed.
 */
public final class ManifestSeal {
    private static final String TYPE = "application/vnd.lifeboat.backup+json";
    private static final String ALGORITHM = "Ed25519";
    private static final ObjectMapper JSON = WireFormat.mapper();

    private final String keyId;
    private final PrivateKey key;
    private final Map<String, PublicKey> trusted;

    /**
     * @param keyId name of the signing key among the trusted ones
     * @param trusted the public keys a manifest may be signed with, by name
     */
    public ManifestSeal(String keyId, PrivateKey key, Map<String, PublicKey> trusted) {
        this.keyId = keyId;
        this.key = key;
        this.trusted = Map.copyOf(trusted);
    }

    /** The envelope's bytes, to be stored as they are. */
    public byte[] seal(Manifest manifest) {
        try {
            byte[] payload = JSON.writeValueAsBytes(manifest);
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(Envelope.signed(TYPE, payload));
            Base64.Encoder base64 = Base64.getEncoder();
            return JSON.writeValueAsBytes(new Envelope(
                    TYPE,
                    base64.encodeToString(payload),
                    List.of(new Envelope.Signature(keyId, base64.encodeToString(signature.sign())))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the signing key is no Ed25519 key", e);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // records of plain values
        }
    }

    /**
     * Opens an envelope and compares it with the place it was found at.
     *
     * @throws UntrustedManifestException when no trusted key signed it, or it is the manifest of another backup
     */
    public Manifest open(byte[] envelope, String service, String datastore, String id)
            throws UntrustedManifestException {
        Manifest manifest = parse(verified(envelope));
        if (!manifest.service().equals(service)
                || !manifest.datastore().equals(datastore)
                || !manifest.id().equals(id)) {
            throw new UntrustedManifestException("it is signed, but it is the manifest of " + manifest.service() + "/"
                    + manifest.datastore() + "/" + manifest.id());
        }
        return manifest;
    }

    private byte[] verified(byte[] bytes) throws UntrustedManifestException {
        try {
            @Nullable Envelope envelope = JSON.readValue(bytes, Envelope.class);
            if (envelope == null) {
                throw new UntrustedManifestException("it is no signed manifest");
            }
            byte[] payload = envelope.payloadBytes();
            byte[] signed = Envelope.signed(TYPE, payload);
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

    private static Manifest parse(byte[] payload) throws UntrustedManifestException {
        try {
            Manifest manifest = JSON.readValue(payload, Manifest.class);
            if (manifest.schemaVersion() == Manifest.SCHEMA_VERSION) {
                return manifest;
            }
            throw new UntrustedManifestException("it is of schema version " + manifest.schemaVersion()
                    + ", and this worker reads version " + Manifest.SCHEMA_VERSION + "; use a newer worker");
        } catch (IOException e) {
            throw new UntrustedManifestException("it is signed, but it cannot be read; use a newer worker");
        }
    }
}
