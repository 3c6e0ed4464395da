package io.lifeboat.workflow.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class ReportHtmlTest {
    private static final Map<String, RunReport> SAMPLES = Map.of(
            "green", SampleReports.green(),
            "amber", SampleReports.amber(),
            "red", SampleReports.red(),
            "interrupted", SampleReports.interrupted(),
            "hostile", SampleReports.hostile(),
            "thirty", SampleReports.withSteps(30));

    @ParameterizedTest
    @ValueSource(strings = {"green", "amber", "red", "interrupted", "hostile", "thirty"})
    void isWellFormedAndTheSameTwice(String sample) throws Exception {
        RunReport report = SAMPLES.get(sample);

        String html = ReportHtml.render(report);

        assertThat(ReportHtml.render(report)).isEqualTo(html);
        assertThat(parsed(html).getElementsByTagName("h1").getLength()).isEqualTo(1);
        keepForLooking(sample, html);
    }

    @Test
    void showsVerdictObjectivesAndClocks() {
        String html = ReportHtml.render(SampleReports.green());

        assertThat(html)
                .contains("Recovered")
                .contains("Objective 15 min: met")
                .contains("Objective 5 min: met")
                .contains("3 of 4,211 writes the client saw acknowledged are missing.")
                .contains("<dt>Client-visible</dt>\n<dd>21.4 s</dd>")
                .contains("<dt>Detect</dt>\n<dd>3.20 s</dd>");
    }

    @Test
    void saysInWordsWhatNobodyMeasured() {
        String html = ReportHtml.render(SampleReports.amber());

        assertThat(html)
                .contains("Objective 15 min: not measured")
                .contains("No client watched the service from outside, or its record could not be read.")
                .contains("<dd class=\"absent\">not measured</dd>")
                .doesNotContain("NaN");
    }

    @Test
    void tellsWhatWasSkippedUndoneAndNotExecuted() {
        String amber = ReportHtml.render(SampleReports.amber());
        String red = ReportHtml.render(SampleReports.red());

        assertThat(amber).contains("<li>8. Verify in us-west-2: Skipped by bo:");
        assertThat(red)
                .contains("No step was skipped.")
                .contains("<li>6. Promote orders-db</li>")
                .contains("CronJob orders-invoices is still suspended.");
    }

    @Test
    void drawsEveryStepWithItsWaitsAndAttempts() throws Exception {
        Document svg = svg(SampleReports.amber());

        assertThat(svg.getElementsByTagName("g").getLength()).isEqualTo(11);
        assertThat(rects(svg, "wait"::equals)).isEqualTo(3);
        assertThat(rects(svg, "skip"::equals)).isEqualTo(1);
        assertThat(svg.getDocumentElement().getTextContent()).contains("3 attempts · 15 min 15 s");
    }

    @Test
    void setsTheCriticalPathOfAStepApartFromWhatRanBesideIt() throws Exception {
        Document svg = svg(SampleReports.green());

        assertThat(rects(svg, "aside"::equals))
                .as("kubernetes fence, second deployment")
                .isEqualTo(2);
        assertThat(svg.getElementsByTagName("desc").item(0).getTextContent())
                .contains("5. Fence us-east-1: done from 12.6 s to 14.9 s.")
                .contains("The client had no good answer for 21.4 s.");
    }

    @Test
    void keepsEveryRectangleOnTheSheet() throws Exception {
        for (RunReport report : SAMPLES.values()) {
            Document svg = svg(report);
            var rects = svg.getElementsByTagName("rect");
            for (int i = 0; i < rects.getLength(); i++) {
                String x = rects.item(i).getAttributes().getNamedItem("x") == null
                        ? "0%"
                        : rects.item(i).getAttributes().getNamedItem("x").getTextContent();
                if (x.endsWith("%")) {
                    assertThat(Double.parseDouble(x.substring(0, x.length() - 1)))
                            .isBetween(0.0, 100.0);
                }
            }
        }
    }

    @Test
    void fetchesNothingAndRunsNothing() {
        for (RunReport report : SAMPLES.values()) {
            String html = ReportHtml.render(report).replace("http://www.w3.org/2000/svg", "");

            assertThat(html)
                    .doesNotContainPattern(
                            Pattern.compile("<(script|link|img|iframe|object|a|form)[ >]", Pattern.CASE_INSENSITIVE))
                    .doesNotContainPattern("url\\((?!#)")
                    .doesNotContain("@import")
                    .doesNotContain("http://")
                    .doesNotContain("https://");
        }
    }

    @Test
    void turnsNoTextIntoMarkup() {
        String html = ReportHtml.render(SampleReports.hostile());

        assertThat(html).contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;");
        assertThat(html.chars().filter(c -> Character.isISOControl(c) && c != '\n'))
                .isEmpty();
    }

    @Test
    void namesWhatAScreenReaderNeeds() throws Exception {
        Document page = parsed(ReportHtml.render(SampleReports.green()));

        assertThat(page.getDocumentElement().getAttribute("lang")).isEqualTo("en");
        assertThat(page.getElementsByTagName("caption").getLength())
                .isEqualTo(page.getElementsByTagName("table").getLength());
        assertThat(page.getElementById("x")).isNull();
        assertThat(List.of("title", "desc")).allMatch(tag -> svgHas(tag));
    }

    private static boolean svgHas(String tag) {
        try {
            return svg(SampleReports.green())
                            .getElementsByTagName(tag)
                            .item(0)
                            .getTextContent()
                            .length()
                    > 10;
        } catch (Exception e) { // the parser declares three kinds; each is a page that cannot be read
            throw new AssertionError(e);
        }
    }

    private static int rects(Document svg, Predicate<String> look) {
        var rects = svg.getElementsByTagName("rect");
        int found = 0;
        for (int i = 0; i < rects.getLength(); i++) {
            found += look.test(
                            rects.item(i).getAttributes().getNamedItem("class").getTextContent())
                    ? 1
                    : 0;
        }
        return found;
    }

    private static Document svg(RunReport report) throws Exception {
        return xml(TimelineSvg.draw(report));
    }

    /** The page keeps to XML's rules but for the void elements of its head. */
    private static Document parsed(String html) throws Exception {
        return xml(html.replace("<!DOCTYPE html>\n", "").replaceAll("<meta ([^>]*)>", "<meta $1/>"));
    }

    private static Document xml(String text) throws Exception {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(text)));
    }

    private static void keepForLooking(String sample, String html) throws IOException {
        Path folder = Files.createDirectories(Path.of("target/sample-reports"));
        Files.writeString(folder.resolve(sample + ".html"), html);
    }
}
