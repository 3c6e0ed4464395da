package io.lifeboat.activity.encryption.kms;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.cryptography.materialproviders.IKeyring;
import software.amazon.cryptography.materialproviders.model.EncryptionMaterials;
import software.amazon.cryptography.materialproviders.model.OnDecryptInput;
import software.amazon.cryptography.materialproviders.model.OnDecryptOutput;
import software.amazon.cryptography.materialproviders.model.OnEncryptInput;
import software.amazon.cryptography.materialproviders.model.OnEncryptOutput;

/** Makes a data key at the first holder and wraps it for all of them, or for none. */
final class EveryHolder implements IKeyring {
    private final List<Holder> holders;
    private @Nullable Holder refused;

    EveryHolder(List<Holder> holders) {
        this.holders = List.copyOf(holders);
    }

    /** Who could not be sealed for, in words. */
    Optional<String> refusal() {
        return Optional.ofNullable(refused).map(Holder::refusal);
    }

    @Override
    public OnEncryptOutput OnEncrypt(OnEncryptInput input) {
        EncryptionMaterials materials = input.materials();
        for (Holder holder : holders) {
            refused = holder;
            materials = holder.keyring()
                    .OnEncrypt(OnEncryptInput.builder().materials(materials).build())
                    .materials();
        }
        refused = null;
        return OnEncryptOutput.builder().materials(materials).build();
    }

    @Override
    public OnDecryptOutput OnDecrypt(OnDecryptInput input) {
        throw new IllegalStateException("it only seals");
    }
}
