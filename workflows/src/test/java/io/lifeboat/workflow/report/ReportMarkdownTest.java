package io.lifeboat.workflow.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ReportMarkdownTest {
    @Test
    void saysHowARecoveryWent() throws IOException {
        Golden.assertSame("green.md", ReportMarkdown.render(SampleReports.green()));
    }

    @Test
    void namesSkipsAndWhatNobodyMeasured() throws IOException {
        Golden.assertSame("amber.md", ReportMarkdown.render(SampleReports.amber()));
    }

    @Test
    void tellsWhatWasUndone() throws IOException {
        Golden.assertSame("red.md", ReportMarkdown.render(SampleReports.red()));
    }

    @Test
    void tellsHowLongALostWorkerCost() throws IOException {
        Golden.assertSame("interrupted.md", ReportMarkdown.render(SampleReports.interrupted()));
    }

    @Test
    void letsNoTextBecomeMarkup() {
        String markdown = ReportMarkdown.render(SampleReports.hostile());

        assertThat(markdown)
                .doesNotContain("<script>")
                .doesNotContain("[a](")
                .doesNotContain("\u001b")
                .contains("&lt;script&gt;")
                .contains("\\| \\`x\\` \\[a\\](javascript:");
    }
}
