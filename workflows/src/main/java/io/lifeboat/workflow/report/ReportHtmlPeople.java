package io.lifeboat.workflow.report;

import io.lifeboat.workflow.approval.Approval;
import io.lifeboat.workflow.report.RunReport.CompensationReport;
import io.lifeboat.workflow.report.RunReport.Interruption;
import io.lifeboat.workflow.report.RunReport.MarkerReport;
import java.util.List;

/** The parts of the page about data, warnings and what people decided. */
final class ReportHtmlPeople {
    private ReportHtmlPeople() {}

    static void render(Html page, RunReport report) {
        data(page, report);
        page.section("deviations", "Warnings and interruptions");
        notes(page, "Warnings", report.warnings(), "None.");
        notes(
                page,
                "Interruptions",
                report.interruptions().stream()
                        .map(ReportHtmlPeople::interruption)
                        .toList(),
                "None: no worker and no server was lost during the run.");
        page.close("section");
        compensations(page, report);
        page.section("decisions", "Who decided what");
        approvals(page, report.approvals());
        notes(page, "Decisions, in order", report.decisions(), "Nobody said anything else to the run.");
        page.close("section");
    }

    private static void data(Html page, RunReport report) {
        page.section("data", "Data");
        if (report.client().isEmpty() && report.markers().isEmpty()) {
            page.element("p class=\"soft\"", "Nobody measured what was lost: no client and no marker pulse.");
        } else {
            page.table(
                    "Acknowledged writes that are missing afterwards",
                    List.of("Measured by", "Acknowledged", "Missing", "As a time"));
            report.client()
                    .ifPresent(c -> measure(
                            page,
                            "client " + c.client(),
                            c.acknowledged(),
                            c.lostSeconds().isPresent() ? ReportFigures.number(c.lost()) : "not checked",
                            c.lostSeconds().map(Seconds::text).orElse("not checked")));
            for (MarkerReport m : report.markers()) {
                measure(
                        page,
                        "markers of " + m.datastore(),
                        m.acknowledged(),
                        ReportFigures.number(m.lost()),
                        Seconds.text(m.lostSeconds()));
            }
            page.closeTable();
        }
        page.close("section");
    }

    private static void measure(Html page, String by, long acknowledged, String lost, String seconds) {
        page.markup("<tr>")
                .element("th scope=\"row\" class=\"long\"", by)
                .element("td", ReportFigures.number(acknowledged))
                .element("td", lost)
                .element("td", seconds)
                .markup("</tr>\n");
    }

    static String interruption(Interruption interruption) {
        return interruption.step() + ": " + interruption.what() + " The run stood still for "
                + Seconds.text(interruption.seconds()) + ".";
    }

    private static void notes(Html page, String heading, List<String> notes, String none) {
        page.element("h3", heading);
        if (notes.isEmpty()) {
            page.element("p class=\"soft\"", none);
            return;
        }
        page.open("ol class=\"notes\"");
        notes.forEach(n -> page.element("li", n));
        page.close("ol");
    }

    private static void compensations(Html page, RunReport report) {
        if (report.compensations().isEmpty()) {
            return;
        }
        page.section("compensations", "What was undone")
                .table("Compensations, in the order they ran", List.of("Compensation", "Outcome", "What was seen"));
        for (CompensationReport c : report.compensations()) {
            page.markup("<tr>")
                    .element("th scope=\"row\" class=\"long\"", c.name())
                    .markup("<td class=\"state " + (c.succeeded() ? "good" : "bad") + "\"><b></b>")
                    .text(c.succeeded() ? "done" : "failed")
                    .markup("</td>")
                    .element("td class=\"long\"", c.outcome())
                    .markup("</tr>\n");
        }
        page.closeTable().close("section");
    }

    private static void approvals(Html page, List<Approval> approvals) {
        if (approvals.isEmpty()) {
            page.element("p class=\"soft\"", "Nobody approved this run.");
            return;
        }
        page.table("Approvals", List.of("By", "Why", "When", "Valid until", "Plan hash"));
        for (Approval a : approvals) {
            page.markup("<tr>")
                    .element("th scope=\"row\" class=\"long\"", a.by())
                    .element("td class=\"long\"", a.reason())
                    .element("td", ReportWords.time(a.at()))
                    .element("td", ReportWords.time(a.expiresAt()))
                    .markup("<td class=\"long\"><code>")
                    .text(a.planHash())
                    .markup("</code></td></tr>\n");
        }
        page.closeTable();
    }
}
