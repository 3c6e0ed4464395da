package io.lifeboat.workflow.report;

import io.lifeboat.workflow.Fact;
import io.lifeboat.workflow.approval.Approval;
import io.lifeboat.workflow.run.StepState;
import java.util.ArrayList;
import java.util.List;

/** A report as Markdown, for a ticket or a chat. */
public final class ReportMarkdown {
    private final RunReport report;
    private final StringBuilder out = new StringBuilder(8192);

    private ReportMarkdown(RunReport report) {
        this.report = report;
    }

    public static String render(RunReport report) {
        return new ReportMarkdown(report).render();
    }

    private String render() {
        line("# " + cell(ReportWords.title(report)));
        line("**" + report.verdict() + ": " + ReportWords.verdict(report.verdict()) + ".** " + cell(report.headline()));
        line(cell(ReportWords.way(report) + ", " + report.mode() + ", "
                + ReportWords.time(report.startedAt()) + ", asked for by " + report.requestedBy() + ": "
                + report.reason()));
        objectives();
        heading("Where the time went");
        table(
                List.of("Clock", "Took", "From when to when"),
                ReportFigures.clocks(report).stream()
                        .map(c -> List.of(c.name(), c.text(), c.meaning()))
                        .toList());
        steps();
        list("Skipped", named(StepState.SKIPPED));
        list("Not executed", named(StepState.NOT_EXECUTED));
        list("Warnings", report.warnings());
        list(
                "Interruptions",
                report.interruptions().stream()
                        .map(ReportHtmlPeople::interruption)
                        .toList());
        list(
                "Undone",
                report.compensations().stream()
                        .map(c -> c.name() + ": " + (c.succeeded() ? "done" : "failed") + ", " + c.outcome())
                        .toList());
        list(
                "Approvals",
                report.approvals().stream().map(ReportMarkdown::approval).toList());
        list("Decisions, in order", report.decisions());
        receipts();
        heading("Where this comes from");
        table(List.of("What", "Value"), rows(ReportWords.provenance(report)));
        return out.toString();
    }

    private void objectives() {
        heading("Objectives");
        table(
                List.of("Objective", "Allowed", "Measured", "Outcome", "By whom"),
                List.of(ReportFigures.rto(report), ReportFigures.rpo(report)).stream()
                        .map(o -> List.of(
                                o.name(),
                                Seconds.text(o.target()),
                                o.figure(),
                                o.outcome().words(),
                                o.sentence()))
                        .toList());
    }

    private void steps() {
        heading("Steps");
        table(
                List.of("#", "Step", "State", "Attempts", "Took", "What is true now"),
                report.steps().stream()
                        .map(s -> List.of(
                                Integer.toString(s.number()),
                                s.name(),
                                ReportWords.state(s.state()),
                                ReportWords.attempts(s),
                                ReportWords.took(s),
                                s.detail()))
                        .toList());
    }

    private void receipts() {
        heading("Receipts");
        List<List<String>> rows = new ArrayList<>();
        report.steps().forEach(s -> s.facts().forEach(f -> rows.add(List.of(s.name(), f.label(), f.value()))));
        if (rows.isEmpty()) {
            line("No step left a receipt.");
        } else {
            table(List.of("Step", "What", "Seen"), rows);
        }
    }

    private List<String> named(StepState state) {
        return ReportWords.in(report, state).stream()
                .map(s -> s.number() + ". " + s.name() + (s.detail().isBlank() ? "" : ": " + s.detail()))
                .toList();
    }

    private static String approval(Approval a) {
        return a.by() + ", " + ReportWords.time(a.at()) + ", valid until " + ReportWords.time(a.expiresAt()) + ", plan "
                + a.planHash() + ": " + a.reason();
    }

    private static List<List<String>> rows(List<Fact> facts) {
        return facts.stream().map(f -> List.of(f.label(), f.value())).toList();
    }

    private void heading(String text) {
        line("## " + text);
    }

    private void list(String heading, List<String> items) {
        if (items.isEmpty()) {
            return;
        }
        heading(heading);
        items.forEach(i -> out.append("- ").append(cell(i)).append('\n'));
        out.append('\n');
    }

    private void table(List<String> columns, List<List<String>> rows) {
        row(columns);
        row(columns.stream().map(c -> "---").toList());
        rows.forEach(r -> row(r.stream().map(ReportMarkdown::cell).toList()));
        out.append('\n');
    }

    private void row(List<String> cells) {
        out.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private void line(String text) {
        out.append(text).append("\n\n");
    }

    /** Text that stays text: no markup, no link, no table cell and no HTML can begin in it. */
    private static String cell(String value) {
        StringBuilder safe = new StringBuilder();
        PlainText.line(value).codePoints().forEach(c -> {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '\\', '`', '*', '|', '[', ']' -> safe.append('\\').appendCodePoint(c);
                default -> safe.appendCodePoint(c);
            }
        });
        return safe.toString();
    }
}
