package io.lifeboat.activity.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizeAnomalyTest {
    private static final long GB = 1_000_000_000;
    private static final List<Long> USUAL = List.of(GB, 40 * GB, GB, GB + 1, GB - 1);

    @ParameterizedTest
    @CsvSource({"1000000000,false", "500000001,false", "500000000,true", "0,true", "1500000000,false", "1500000001,true"
    })
    void comparesWithTheMiddleOfThoseBefore(long bytes, boolean unusual) {
        assertThat(SizeAnomaly.of(bytes, USUAL).isPresent()).isEqualTo(unusual);
    }

    @Test
    void saysWhatWasSeen() {
        assertThat(SizeAnomaly.of(GB / 10, USUAL))
                .contains(
                        "It has shrunk to 100 MB; the last 5 took 1.00 GB in the middle. Find out why before they go.");
    }

    @Test
    void growthOfSomethingSmallIsNobodysProblem() {
        assertThat(SizeAnomaly.of(90_000_000, List.of(1L, 1L, 1L))).isEmpty();
    }

    @Test
    void saysNothingAfterTwo() {
        assertThat(SizeAnomaly.of(1, List.of(GB, GB))).isEmpty();
    }
}
