package io.lifeboat.activity.encryption.kms;

import io.lifeboat.activity.encryption.KeyAge;
import io.lifeboat.activity.encryption.KeyAges;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.RotationsListEntry;
import software.amazon.awssdk.services.kms.model.UnsupportedOperationException;

/** The age of each KMS key since it was made, or since KMS last rotated its material. The escrow's key bears no date. */
public final class KmsKeyAges implements KeyAges {
    private final List<KmsKey> keys;
    private final Function<String, KmsClient> clients;

    /** @param clients not closed with this */
    public KmsKeyAges(List<KmsKey> keys, KmsClients clients) {
        this.keys = List.copyOf(keys);
        this.clients = clients::in;
    }

    @Override
    public List<KeyAge> read() {
        return keys.stream().map(this::age).toList();
    }

    private KeyAge age(KmsKey key) {
        KmsClient client = clients.apply(key.region());
        try {
            Instant made = client.describeKey(call -> call.keyId(key.arn()))
                    .keyMetadata()
                    .creationDate();
            return new KeyAge.Known(
                    key.region(), key.arn(), rotated(client, key).orElse(made));
        } catch (SdkException e) {
            return new KeyAge.Unknown(key.region(), key.arn(), KmsAnswer.words(key.region(), e));
        }
    }

    private static Optional<Instant> rotated(KmsClient client, KmsKey key) {
        try {
            return client.listKeyRotationsPaginator(call -> call.keyId(key.arn())).rotations().stream()
                    .map(RotationsListEntry::rotationDate)
                    .max(Comparator.naturalOrder());
        } catch (
                UnsupportedOperationException
                        e) { // material that KMS cannot rotate: imported, or in a key store outside
            return Optional.empty();
        }
    }
}
