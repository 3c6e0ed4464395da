package io.lifeboat.activity.encryption.kms;

import com.amazonaws.encryptionsdk.AwsCrypto;
import com.amazonaws.encryptionsdk.CommitmentPolicy;
import com.amazonaws.encryptionsdk.CryptoAlgorithm;
import io.lifeboat.activity.encryption.CannotSealException;
import io.lifeboat.activity.encryption.Encryption;
import io.lifeboat.activity.encryption.NoFittingKeyException;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.cryptography.materialproviders.MaterialProviders;
import software.amazon.cryptography.materialproviders.model.MaterialProvidersConfig;

/** AES-256 in frames, the data key wrapped by a KMS key in each region and by the escrow's RSA key; one data class's keys. */
public final class KmsEncryption implements Encryption {
    /** Larger frames were measured slower: the library copies what it has not opened yet. */
    private static final int FRAME = 1 << 16;

    private static final int BUFFER = 1 << 18;
    /** More than any stream of ours has; a spoiled header does not send the worker to 65,535 of them. */
    private static final int MOST_HOLDERS = 16;

    private static final String DATA_CLASS = "lifeboat-data-class";

    private final String dataClass;
    private final List<KmsKey> keys;
    private final EscrowKey escrow;
    private final Function<String, KmsClient> clients;
    private final AwsCrypto library = AwsCrypto.builder()
            .withCommitmentPolicy(CommitmentPolicy.RequireEncryptRequireDecrypt)
            // Not the default suite: the signed manifest says who sealed what, and two ECDSA signatures cost three
            // quarters of the speed.
            .withEncryptionAlgorithm(CryptoAlgorithm.ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY)
            .withEncryptionFrameSize(FRAME)
            .withMaxEncryptedDataKeys(MOST_HOLDERS)
            .build();
    private final MaterialProviders providers = MaterialProviders.builder()
            .MaterialProvidersConfig(MaterialProvidersConfig.builder().build())
            .build();

    /** Who opened last: asked first the next time, so that a dead region costs its time-out once. */
    private volatile String lastOpener = "";

    /**
     * @param dataClass stands in every sealed stream as its encryption context, so that a key's policy can ask for it
     * @param keys one a region, the nearest region first; empty for a worker that opens with the escrow's key alone
     * @param clients not closed with this
     */
    public KmsEncryption(String dataClass, List<KmsKey> keys, EscrowKey escrow, KmsClients clients) {
        this(dataClass, keys, escrow, clients::in);
    }

    KmsEncryption(String dataClass, List<KmsKey> keys, EscrowKey escrow, Function<String, KmsClient> clients) {
        this.dataClass = dataClass;
        this.keys = List.copyOf(keys);
        this.escrow = escrow;
        this.clients = clients;
        if (keys.stream().map(KmsKey::region).distinct().count() < keys.size()) {
            throw new IllegalArgumentException("Cannot use the keys of data class \"" + dataClass
                    + "\": two of them are in one region, and would be lost together. Give one a region.");
        }
    }

    @Override
    public String format() {
        return "aws-esdk";
    }

    @Override
    public List<String> holders() {
        Stream<String> regions = keys.stream().map(KmsKey::region);
        return Stream.concat(regions, Stream.of(EscrowKey.HOLDER)).toList();
    }

    /**
     * The same without the regions whose KMS does not answer now: for one backup, whose manifest then names who is left. A KMS
     * that answers and refuses is kept, because that is a mistake somebody has to mend.
     *
     * @throws CannotSealException when no KMS answers: nothing is sealed for the escrow alone
     */
    @Override
    public KmsEncryption reachable() throws CannotSealException {
        List<KmsKey> answering = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (KmsKey key : keys) {
            try {
                clients.apply(key.region())
                        .encrypt(call -> call.keyId(key.arn())
                                .plaintext(SdkBytes.fromByteArray(new byte[1]))
                                .encryptionContext(context()));
                answering.add(key);
            } catch (SdkException e) {
                if (KmsAnswer.isMissing(e)) {
                    missing.add(KmsAnswer.words(key.region(), e));
                } else {
                    answering.add(key);
                }
            }
        }
        if (answering.isEmpty()) {
            throw new CannotSealException(
                    "no KMS that has a key of data class \"" + dataClass + "\" answers: " + String.join("; ", missing));
        }
        return missing.isEmpty() ? this : new KmsEncryption(dataClass, answering, escrow, clients);
    }

    @Override
    public OutputStream seal(OutputStream sealed) throws IOException {
        if (keys.isEmpty() || !escrow.seals()) {
            throw new CannotSealException("nothing can be sealed for data class \"" + dataClass
                    + "\": it takes a KMS key of at least one region and the escrow's public key");
        }
        EveryHolder keyring = new EveryHolder(
                Stream.concat(regions(), Stream.of(escrow.holder(providers))).toList());
        try {
            OutputStream sealing = library.createEncryptingStream(keyring, new Unclosed(sealed), context());
            sealing.write(new byte[0]); // the header, so that a missing holder is known before the first byte
            return new BufferedOutputStream(sealing, BUFFER);
        } catch (RuntimeException e) { // the library's failures have no type in common
            throw new CannotSealException(
                    "nothing can be sealed for all of " + holders() + ": "
                            + keyring.refusal().orElse("the library failed"),
                    e);
        }
    }

    @Override
    public InputStream open(InputStream sealed) throws IOException {
        String first = lastOpener;
        Stream<Holder> offline = escrow.opens() ? Stream.of(escrow.holder(providers)) : Stream.empty();
        List<Holder> openers = Stream.concat(regions(), offline)
                .sorted(Comparator.comparing((Holder holder) -> !holder.name().equals(first)))
                .toList();
        if (openers.isEmpty()) {
            throw new NoFittingKeyException("the worker has no key of data class \"" + dataClass + "\"");
        }
        AnyHolder keyring = new AnyHolder(openers);
        InputStream opened = new OpenedInput(sealed, keyring, library);
        keyring.opener().ifPresent(opener -> lastOpener = opener);
        return opened;
    }

    private Stream<Holder> regions() {
        return keys.stream().map(key -> new KmsHolder(key, clients.apply(key.region()), providers));
    }

    private Map<String, String> context() {
        return Map.of(DATA_CLASS, dataClass);
    }

    private static final class Unclosed extends FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
