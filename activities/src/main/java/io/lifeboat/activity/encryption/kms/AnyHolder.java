package io.lifeboat.activity.encryption.kms;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.cryptography.materialproviders.IKeyring;
import software.amazon.cryptography.materialproviders.model.OnDecryptInput;
import software.amazon.cryptography.materialproviders.model.OnDecryptOutput;
import software.amazon.cryptography.materialproviders.model.OnEncryptInput;
import software.amazon.cryptography.materialproviders.model.OnEncryptOutput;

/** Unwraps a data key with the first key that can, one after the other. */
final class AnyHolder implements IKeyring {
    private final List<Holder> holders;
    private final List<String> refusals = new ArrayList<>();
    private @Nullable String opener;

    AnyHolder(List<Holder> holders) {
        this.holders = List.copyOf(holders);
    }

    /** Whose key it was; empty until the stream's header was read. */
    Optional<String> opener() {
        return Optional.ofNullable(opener);
    }

    /** What each key came to, in words; empty while the header has not been read. */
    List<String> refusals() {
        return List.copyOf(refusals);
    }

    @Override
    public OnDecryptOutput OnDecrypt(OnDecryptInput input) {
        for (Holder holder : holders) {
            try {
                OnDecryptOutput output = holder.keyring().OnDecrypt(input);
                opener = holder.name();
                return output;
            } catch (RuntimeException e) { // the library's failures have no type in common
                refusals.add(holder.refusal());
            }
        }
        throw new IllegalStateException(String.join("; ", refusals));
    }

    @Override
    public OnEncryptOutput OnEncrypt(OnEncryptInput input) {
        throw new IllegalStateException("it only opens");
    }
}
