package io.lifeboat.workflow.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportTextTest {
    @Test
    void saysHowARecoveryWent() throws IOException {
        Golden.assertSame("green.txt", ReportText.render(SampleReports.green(), false, 100));
    }

    @Test
    void namesSkipsAndWhatNobodyMeasured() throws IOException {
        Golden.assertSame("amber.txt", ReportText.render(SampleReports.amber(), false, 80));
    }

    @Test
    void tellsWhatWasUndone() throws IOException {
        Golden.assertSame("red.txt", ReportText.render(SampleReports.red(), false, 80));
    }

    @Test
    void tellsHowLongALostWorkerCost() throws IOException {
        Golden.assertSame("interrupted.txt", ReportText.render(SampleReports.interrupted(), false, 80));
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 80, 120})
    void keepsToTheWidthOfTheTerminal(int width) {
        assertThat(ReportText.render(SampleReports.hostile(), false, width).lines())
                .allSatisfy(line ->
                        assertThat(line.codePointCount(0, line.length())).isLessThanOrEqualTo(width));
    }

    @Test
    void coloursOnlyWhenAsked() {
        assertThat(ReportText.render(SampleReports.hostile(), false, 80)).doesNotContain("\u001b");
        assertThat(ReportText.render(SampleReports.green(), true, 80)).contains("\u001b[32m");
    }
}
