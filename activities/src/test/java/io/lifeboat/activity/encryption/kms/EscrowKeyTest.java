package io.lifeboat.activity.encryption.kms;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EscrowKeyTest {
    @Test
    void asksForALongerKey() {
        EscrowPair shorter = EscrowPair.generate(2048);

        assertThatThrownBy(() -> EscrowKey.ofPublic(shorter.publicPem()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("2048", "4096");
        assertThatThrownBy(() -> EscrowKey.ofPrivate(shorter.privatePem()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("2048", "4096");
    }

    @Test
    void doesNotTakeThePrivateHalfForThePublicOne() {
        EscrowPair pair = EscrowPair.generate(2048);

        assertThatThrownBy(() -> EscrowKey.ofPublic(pair.privatePem()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("openssl pkey -in escrow.pem -pubout");
    }

    @Test
    void doesNotQuoteWhatIsNoKey() {
        String broken = "-----BEGIN PRIVATE KEY-----\nU0VDUkVUU0VDUkVU\n-----END PRIVATE KEY-----";

        assertThatThrownBy(() -> EscrowKey.ofPrivate(broken))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no RSA key")
                .hasMessageNotContaining("U0VD")
                .hasNoCause();
    }
}
