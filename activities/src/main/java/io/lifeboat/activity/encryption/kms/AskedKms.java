package io.lifeboat.activity.encryption.kms;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.EncryptRequest;
import software.amazon.awssdk.services.kms.model.EncryptResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;

/** Remembers the failure of one stream's calls, of which a keyring's own failure does not tell the kind. */
final class AskedKms implements KmsClient {
    private final KmsClient kms;
    private @Nullable SdkException failure;

    AskedKms(KmsClient kms) {
        this.kms = kms;
    }

    /** The last one; empty when the keyring saw no reason to ask. */
    Optional<SdkException> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public GenerateDataKeyResponse generateDataKey(GenerateDataKeyRequest request) {
        return ask(() -> kms.generateDataKey(request));
    }

    @Override
    public EncryptResponse encrypt(EncryptRequest request) {
        return ask(() -> kms.encrypt(request));
    }

    @Override
    public DecryptResponse decrypt(DecryptRequest request) {
        return ask(() -> kms.decrypt(request));
    }

    private <T> T ask(Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            failure = e;
            throw e;
        }
    }

    @Override
    public String serviceName() {
        return kms.serviceName();
    }

    /** The client outlives the stream. */
    @Override
    public void close() {}
}
