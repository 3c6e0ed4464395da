package io.lifeboat.workflow.report;

import io.lifeboat.workflow.Fact;
import io.lifeboat.workflow.run.StepState;
import java.util.List;
import java.util.Locale;

/** A report as one self-contained page: no script, no asset, nothing fetched, so that it opens during an outage. */
public final class ReportHtml {
    private ReportHtml() {}

    public static String render(RunReport report) {
        Html page = new Html();
        String tone = report.verdict().name().toLowerCase(Locale.ROOT);
        page.markup("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .markup("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n")
                .markup(
                        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n")
                .element("title", ReportWords.title(report) + ": " + ReportWords.verdict(report.verdict()))
                .markup("<style>\n" + ReportStyle.CSS + "</style>\n</head>\n<body>\n<main class=\"" + tone + "\">\n");
        head(page, report);
        objectives(page, report);
        clocks(page, report);
        timeline(page, report);
        ReportHtmlSteps.render(page, report);
        ReportHtmlPeople.render(page, report);
        ReportHtmlSteps.receipts(page, report);
        facts(page.section("origin", "Where this comes from"), ReportWords.provenance(report))
                .close("section");
        facts(page.section("words", "Words"), ReportWords.GLOSSARY).close("section");
        page.open("footer")
                .text(
                        "Times of day are the Temporal server’s, in UTC. Durations come from one clock each; a figure nobody measured is not printed.")
                .close("footer");
        return page.markup("</main>\n</body>\n</html>\n").toString();
    }

    private static void head(Html page, RunReport report) {
        page.open("header")
                .element("p class=\"eyebrow\"", "Recovery report · " + ReportWords.time(report.startedAt()))
                .element("h1", ReportWords.title(report))
                .element(
                        "p class=\"soft\"",
                        ReportWords.way(report) + " · " + report.mode() + " · "
                                + ReportWords.phase(report.phase()) + " · asked for by " + report.requestedBy() + ": "
                                + report.reason())
                .open("div class=\"verdict\"")
                .element("h2", ReportWords.verdict(report.verdict()))
                .element("p", report.headline())
                .close("div")
                .close("header");
    }

    private static void objectives(Html page, RunReport report) {
        page.open("div class=\"pair\"");
        for (Objective objective : List.of(ReportFigures.rto(report), ReportFigures.rpo(report))) {
            String look = switch (objective.outcome()) {
                case MET -> "met";
                case MISSED -> "missed";
                case NOT_MEASURED -> "unknown";
            };
            page.open("div class=\"objective\"")
                    .element("h3", objective.name())
                    .element(
                            objective.actual().isPresent() ? "p class=\"figure\"" : "p class=\"figure absent\"",
                            objective.figure())
                    .element(
                            "p class=\"against " + look + "\"",
                            "Objective " + Seconds.text(objective.target()) + ": "
                                    + objective.outcome().words());
            if (objective.actual().isPresent()) {
                page.markup("<div class=\"gauge " + look + "\" aria-hidden=\"true\"><i style=\"width:"
                        + Seconds.decimal("%.1f", objective.share() * 100) + "%\"></i></div>\n");
            }
            page.element("p class=\"soft\"", objective.sentence()).close("div");
        }
        page.close("div");
    }

    private static void clocks(Html page, RunReport report) {
        page.section("clocks", "Where the time went").open("dl class=\"clocks\"");
        for (Clock clock : ReportFigures.clocks(report)) {
            page.open("div")
                    .element("dt", clock.name())
                    .element(clock.seconds().isPresent() ? "dd" : "dd class=\"absent\"", clock.text())
                    .element("dd", clock.meaning())
                    .close("div");
        }
        page.close("dl").close("section");
    }

    private static void timeline(Html page, RunReport report) {
        page.section("timeline", "Timeline").open("figure").markup(TimelineSvg.draw(report));
        page.open("ul class=\"legend\"");
        legend(page, "<rect class=\"work\" width=\"22\" height=\"10\" rx=\"2\"/>", "work, on the critical path");
        legend(page, "<rect class=\"aside\" width=\"22\" height=\"10\" rx=\"2\"/>", "work beside it");
        legend(page, "<rect class=\"wait\" width=\"22\" height=\"10\" rx=\"2\"/>", "waiting for a person");
        if (!ReportWords.in(report, StepState.FAILED).isEmpty()) {
            legend(page, "<rect class=\"failed\" width=\"22\" height=\"10\" rx=\"2\"/>", "failed");
        }
        if (TimelineSvg.showsOutage(report)) {
            legend(
                    page,
                    "<rect class=\"outage\" y=\"3\" width=\"22\" height=\"4\" rx=\"1\"/>",
                    "client without a good answer");
        }
        page.close("ul")
                .element(
                        "figcaption",
                        "Time since the run was started. Thin bars are the activities inside a step."
                                + (TimelineSvg.showsOutage(report)
                                        ? " The client’s outage is placed by the client’s own wall clock; its length is measured."
                                        : ""))
                .close("figure")
                .close("section");
    }

    private static void legend(Html page, String sample, String words) {
        page.markup("<li><svg aria-hidden=\"true\">" + sample + "</svg>")
                .text(words)
                .markup("</li>\n");
    }

    static Html facts(Html page, List<Fact> facts) {
        page.open("dl class=\"facts\"");
        facts.forEach(f -> page.element("dt", f.label()).element("dd", f.value()));
        return page.close("dl");
    }
}
