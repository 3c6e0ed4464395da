package io.lifeboat.activity.encryption.kms;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.EncryptRequest;
import software.amazon.awssdk.services.kms.model.EncryptResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;
import software.amazon.awssdk.services.kms.model.NotFoundException;

/** One key of a KMS, with what an adapter needs of it. */
final class InMemoryKms implements KmsClient {
    private static final int NONCE = 12;

    final KmsKey key;
    final AtomicInteger calls = new AtomicInteger();
    private final SecureRandom random = new SecureRandom();
    private final byte[] material = bytes(32);
    private @Nullable SdkException failure;

    InMemoryKms(String region) {
        key = new KmsKey("arn:aws:kms:" + region + ":111122223333:key/" + region + "-1");
    }

    /** Every call fails with this from now on. */
    void failWith(SdkException everyCall) {
        failure = everyCall;
    }

    @Override
    public GenerateDataKeyResponse generateDataKey(GenerateDataKeyRequest request) {
        begin(request.keyId());
        byte[] dataKey = bytes(request.numberOfBytes());
        return GenerateDataKeyResponse.builder()
                .keyId(key.arn())
                .plaintext(SdkBytes.fromByteArray(dataKey))
                .ciphertextBlob(SdkBytes.fromByteArray(wrapped(dataKey, request.encryptionContext())))
                .build();
    }

    @Override
    public EncryptResponse encrypt(EncryptRequest request) {
        begin(request.keyId());
        byte[] blob = wrapped(request.plaintext().asByteArray(), request.encryptionContext());
        return EncryptResponse.builder()
                .keyId(key.arn())
                .ciphertextBlob(SdkBytes.fromByteArray(blob))
                .build();
    }

    @Override
    public DecryptResponse decrypt(DecryptRequest request) {
        begin(request.keyId());
        byte[] blob = request.ciphertextBlob().asByteArray();
        try {
            byte[] plain = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(blob, NONCE), request.encryptionContext())
                    .doFinal(blob, NONCE, blob.length - NONCE);
            return DecryptResponse.builder()
                    .keyId(key.arn())
                    .plaintext(SdkBytes.fromByteArray(plain))
                    .build();
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw InvalidCiphertextException.builder().statusCode(400).build();
        }
    }

    private void begin(String keyId) {
        calls.incrementAndGet();
        if (failure != null) {
            throw failure;
        }
        if (!keyId.equals(key.arn())) {
            throw NotFoundException.builder().statusCode(400).build();
        }
    }

    private byte[] wrapped(byte[] plain, Map<String, String> context) {
        byte[] nonce = bytes(NONCE);
        ByteArrayOutputStream blob = new ByteArrayOutputStream();
        blob.writeBytes(nonce);
        try {
            blob.writeBytes(cipher(Cipher.ENCRYPT_MODE, nonce, context).doFinal(plain));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return blob.toByteArray();
    }

    private Cipher cipher(int mode, byte[] nonce, Map<String, String> context) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(material, "AES"), new GCMParameterSpec(128, nonce));
        cipher.updateAAD(new TreeMap<>(context).toString().getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
