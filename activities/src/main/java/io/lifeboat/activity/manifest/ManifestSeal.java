package io.lifeboat.activity.manifest;

import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Map;

/**
 * Signs manifests with this installation's Ed25519 key and opens those that were signed with one it trusts. Old keys stay trusted
 * for as long as backups live that they signed.
 */
public final class ManifestSeal {
    private static final String TYPE = "application/vnd.lifeboat.backup+json";

    private final EnvelopeSeal envelopes;

    public ManifestSeal(EnvelopeSeal envelopes) {
        this.envelopes = envelopes;
    }

    /**
     * @param keyId name of the signing key among the trusted ones
     * @param trusted the public keys a manifest may be signed with, by name
     */
    public ManifestSeal(String keyId, PrivateKey key, Map<String, PublicKey> trusted) {
        this(new EnvelopeSeal(keyId, key, trusted));
    }

    /** The envelope's bytes, to be stored as they are. */
    public byte[] seal(Manifest manifest) {
        return envelopes.seal(TYPE, manifest);
    }

    /**
     * Opens an envelope and compares it with the place it was found at.
     *
     * @throws UntrustedManifestException when no trusted key signed it, or it is the manifest of another backup
     */
    public Manifest open(byte[] envelope, String service, String datastore, String id)
            throws UntrustedManifestException {
        Manifest manifest = envelopes.open(TYPE, envelope, Manifest.class);
        if (manifest.schemaVersion() != Manifest.SCHEMA_VERSION) {
            throw new UntrustedManifestException("it is of schema version " + manifest.schemaVersion()
                    + ", and this worker reads version " + Manifest.SCHEMA_VERSION + "; use a newer worker");
        }
        if (!manifest.service().equals(service)
                || !manifest.datastore().equals(datastore)
                || !manifest.id().equals(id)) {
            throw new UntrustedManifestException("it is signed, but it is the manifest of " + manifest.service() + "/"
                    + manifest.datastore() + "/" + manifest.id());
        }
        return manifest;
    }
}
