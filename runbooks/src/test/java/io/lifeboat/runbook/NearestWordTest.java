package io.lifeboat.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NearestWordTest {
    private static final List<String> KNOWN =
            List.of("rto", "rpo", "steps", "regions", "objectives", "smokeTests", "healthCheck", "postgresql");

    @ParameterizedTest
    @CsvSource({
        "stpes,steps",
        "region,regions",
        "rt,rto",
        "healthcheck,healthCheck",
        "postgres,postgresql",
        "smoke-tests,smokeTests",
        "objektives,objectives"
    })
    void findsTheWordThatWasMeant(String slip, String meant) {
        assertThat(NearestWord.of(slip, KNOWN)).contains(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mttr", "owner", "x", "", "stages"})
    void suggestsNothingForAnotherWord(String word) {
        assertThat(NearestWord.of(word, KNOWN)).isEmpty();
    }
}
