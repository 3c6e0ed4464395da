package io.lifeboat.activity.encryption.kms;

import io.lifeboat.runbook.Setting;
import java.net.URI;
import java.util.Optional;

/**
 * How the worker reaches the KMS of a region. Secrets are references, resolved at the moment of use.
 *
 * @param endpoint absent for AWS itself
 * @param accessKey absent where the default credentials chain is to be used
 */
public record KmsAccess(Optional<URI> endpoint, Optional<Setting> accessKey, Optional<Setting> secretKey) {
    /** AWS itself, with the default credentials chain. */
    public static KmsAccess ofAws() {
        return new KmsAccess(Optional.empty(), Optional.empty(), Optional.empty());
    }
}
