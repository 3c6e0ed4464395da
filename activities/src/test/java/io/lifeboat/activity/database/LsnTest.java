package io.lifeboat.activity.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class LsnTest {
    @Test
    void readsAndWritesTheServersForm() {
        assertThat(Lsn.parse("16/B374D848")).hasToString("16/B374D848");
        assertThat(Lsn.parse("0/0")).hasToString("0/0");
    }

    @Test
    void ordersPositionsAcrossTheFourGigabyteBorder() {
        Lsn before = Lsn.parse("0/FFFFFFF0");
        Lsn after = Lsn.parse("1/10");

        assertThat(before).isLessThan(after);
        assertThat(before.bytesTo(after)).isEqualTo(32);
        assertThat(Lsn.parse("FFFFFFFF/0")).isGreaterThan(after);
    }

    @Test
    void refusesWhatIsNoPosition() {
        assertThatIllegalArgumentException().isThrownBy(() -> Lsn.parse("16B374D848"));
    }
}
