package io.lifeboat.activity.encryption.kms;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
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
        for (String body : List.of("U0VDUkVUU0VDUkVU", "U0VDUkVUU0VDUkVUU")) {
            assertQuotesNothing("-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----");
        }
    }

    private static void assertQuotesNothing(String pem) {
        assertThatThrownBy(() -> EscrowKey.ofPrivate(pem))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no RSA key")
                .hasMessageNotContaining("U0VD")
                .hasNoCause();
    }
}
