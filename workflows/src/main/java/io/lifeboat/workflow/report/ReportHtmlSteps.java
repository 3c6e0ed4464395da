package io.lifeboat.workflow.report;

import io.lifeboat.workflow.report.StepReport.ActivityReport;
import io.lifeboat.workflow.run.StepState;
import java.util.List;

/** The parts of the page that tell of steps: what they came to, what was left out, what proves it. */
final class ReportHtmlSteps {
    private ReportHtmlSteps() {}

    static void render(Html page, RunReport report) {
        page.section("steps", "Steps")
                .table(
                        "Every step of the run in order, and what is true since.",
                        List.of("", "Step", "State", "Attempts", "Took", "Of it, people", "What is true now"));
        for (StepReport step : report.steps()) {
            page.markup("<tr>")
                    .element("td class=\"n\"", Integer.toString(step.number()))
                    .element("th scope=\"row\" class=\"long\"", step.name())
                    .markup("<td class=\"state " + look(step.state()) + "\"><b></b>")
                    .text(ReportWords.state(step.state()))
                    .markup("</td>")
                    .element("td class=\"n\"", ReportWords.attempts(step))
                    .element("td class=\"n\"", ReportWords.took(step))
                    .element("td class=\"n\"", step.humanSeconds() > 0 ? Seconds.text(step.humanSeconds()) : "–")
                    .element("td class=\"wide\"", step.detail())
                    .markup("</tr>\n");
        }
        page.closeTable().close("section");
        page.section("left-out", "Skipped and not executed");
        leftOut(page, "Skipped", ReportWords.in(report, StepState.SKIPPED), "No step was skipped.");
        leftOut(page, "Not executed", ReportWords.in(report, StepState.NOT_EXECUTED), "No step was left unexecuted.");
        page.close("section");
    }

    private static void leftOut(Html page, String heading, List<StepReport> steps, String none) {
        page.element("h3", heading);
        if (steps.isEmpty()) {
            page.element("p class=\"soft\"", none);
            return;
        }
        page.open("ul class=\"notes\"");
        steps.forEach(s ->
                page.element("li", s.number() + ". " + s.name() + (s.detail().isBlank() ? "" : ": " + s.detail())));
        page.close("ul");
    }

    private static String look(StepState state) {
        return switch (state) {
            case SUCCEEDED -> "good";
            case SKIPPED, WAITING, RUNNING -> "care";
            case FAILED -> "bad";
            case PENDING, NOT_EXECUTED -> "none";
        };
    }

    static void receipts(Html page, RunReport report) {
        page.section("receipts", "Receipts");
        for (StepReport step : report.steps()) {
            if (step.facts().isEmpty() && step.activities().isEmpty()) {
                continue;
            }
            page.element("h3", step.number() + ". " + step.name());
            if (!step.facts().isEmpty()) {
                ReportHtml.facts(page, step.facts());
            }
            activities(page, step);
        }
        if (report.steps().stream()
                .allMatch(s -> s.facts().isEmpty() && s.activities().isEmpty())) {
            page.element("p class=\"soft\"", "No step left a receipt.");
        }
        page.close("section");
    }

    private static void activities(Html page, StepReport step) {
        if (step.activities().isEmpty()) {
            return;
        }
        page.table(
                "Activities of step " + step.number() + ", from the history",
                List.of("Activity", "Began at", "Took", "Attempts", "Worker", "Failure before"));
        for (ActivityReport activity : step.activities()) {
            page.markup("<tr>")
                    .element("th scope=\"row\" class=\"long\"", activity.name())
                    .element("td class=\"n\"", Seconds.text(activity.offsetSeconds()))
                    .element("td class=\"n\"", Seconds.text(activity.seconds()))
                    .element("td class=\"n\"", Integer.toString(activity.attempts()))
                    .element("td class=\"long\"", activity.worker())
                    .element("td class=\"long\"", activity.lastFailure().orElse("–"))
                    .markup("</tr>\n");
        }
        page.closeTable();
    }
}
