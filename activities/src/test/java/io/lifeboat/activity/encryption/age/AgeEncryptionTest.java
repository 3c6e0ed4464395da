package io.lifeboat.activity.encryption.age;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifeboat.activity.encryption.CannotOpenException;
import io.lifeboat.activity.encryption.Encryption;
import io.lifeboat.activity.encryption.EncryptionContract;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AgeEncryptionTest extends EncryptionContract {
    private static final Map<String, AgeKeys> HOLDERS =
            Map.of("us-east-1", AgeKeys.generate(), "us-west-2", AgeKeys.generate(), "escrow", AgeKeys.generate());

    @Override
    protected Encryption sealing() {
        return new AgeEncryption(AgeKeys.recipients(HOLDERS), List.of());
    }

    @Override
    protected Encryption opening(String holder) {
        return new AgeEncryption(Map.of(), List.of(HOLDERS.get(holder).identity()));
    }

    @Override
    protected Encryption stranger() {
        return new AgeEncryption(Map.of(), List.of(AgeKeys.generate().identity()));
    }

    @Test
    void saysWhichRecipientIsNoneWithoutQuotingIt() {
        Encryption broken = new AgeEncryption(Map.of("escrow", "AGE-SECRET-KEY-1PASTEDBYMISTAKE"), List.of());

        assertThatThrownBy(() -> broken.seal(new ByteArrayOutputStream()))
                .isInstanceOf(CannotOpenException.class)
                .hasMessageContaining("escrow")
                .hasMessageNotContaining("PASTED");
    }

    @Test
    void doesNotQuoteAnIdentityThatIsNone() {
        Encryption broken = new AgeEncryption(Map.of(), List.of("AGE-SECRET-KEY-1PASTEDBYMISTAKE"));

        assertThatThrownBy(() -> broken.open(new ByteArrayInputStream(new byte[100])))
                .isInstanceOf(CannotOpenException.class)
                .hasMessageNotContaining("PASTED");
    }
}
