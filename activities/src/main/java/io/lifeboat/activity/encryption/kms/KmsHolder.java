package io.lifeboat.activity.encryption.kms;

import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.cryptography.materialproviders.IKeyring;
import software.amazon.cryptography.materialproviders.MaterialProviders;
import software.amazon.cryptography.materialproviders.model.CreateAwsKmsKeyringInput;

/** The KMS key of a region. */
final class KmsHolder implements Holder {
    private final KmsKey key;
    private final AskedKms kms;
    private final IKeyring keyring;

    KmsHolder(KmsKey key, KmsClient client, MaterialProviders providers) {
        this.key = key;
        this.kms = new AskedKms(client);
        this.keyring = providers.CreateAwsKmsKeyring(CreateAwsKmsKeyringInput.builder()
                .kmsKeyId(key.arn())
                .kmsClient(kms)
                .build());
    }

    @Override
    public String name() {
        return key.region();
    }

    @Override
    public IKeyring keyring() {
        return keyring;
    }

    @Override
    public String refusal() {
        return kms.failure()
                .map(failure -> KmsAnswer.words(key.region(), failure))
                .orElse("it is not sealed for " + key.arn());
    }
}
