package io.lifeboat.workflow.report;

import io.lifeboat.workflow.run.StepState;
import io.lifeboat.workflow.run.Verdict;
import java.util.List;

/** A report for a terminal: what one needs in the minute after the run. Evidence is in the other forms. */
public final class ReportText {
    private static final String RESET = "\u001b[0m";
    private static final String BOLD = "\u001b[1m";
    private static final String FAINT = "\u001b[2m";

    private final RunReport report;
    private final boolean colour;
    private final int width;
    private final StringBuilder out = new StringBuilder(4096);

    private ReportText(RunReport report, boolean colour, int width) {
        this.report = report;
        this.colour = colour;
        this.width = Math.max(40, width);
    }

    /** @param width columns of the terminal; less than 40 is taken for 40 */
    public static String render(RunReport report, boolean colour, int width) {
        return new ReportText(report, colour, width).render();
    }

    private String render() {
        wrapped("", ReportWords.title(report) + ", " + ReportWords.way(report), BOLD);
        wrapped("", report.verdict() + " · " + report.headline(), tone(report.verdict()) + BOLD);
        blank();
        objective(ReportFigures.rto(report));
        objective(ReportFigures.rpo(report));
        blank();
        ReportFigures.clocks(report).forEach(c -> line("  " + padded(c.name(), 16) + c.text(), ""));
        blank();
        report.steps().forEach(this::step);
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
                "Approved by",
                report.approvals().stream()
                        .map(a -> a.by() + ", " + ReportWords.time(a.at()) + ": " + a.reason())
                        .toList());
        list("Decisions", report.decisions());
        blank();
        wrapped(
                "  ",
                "Workflow " + report.temporal().workflowId() + ", run "
                        + report.temporal().runId(),
                FAINT);
        wrapped(
                "  ",
                "Runbook " + report.runbook().file() + ", SHA-256 "
                        + report.runbook().sha256(),
                FAINT);
        return out.toString();
    }

    private void objective(Objective o) {
        String tone = switch (o.outcome()) {
            case MET -> tone(Verdict.GREEN);
            case MISSED -> tone(Verdict.RED);
            case NOT_MEASURED -> tone(Verdict.AMBER);
        };
        String allowed = Seconds.text(o.target()) + " allowed";
        hanging(
                "  " + padded(o.name(), 21),
                o.actual().isPresent()
                        ? o.figure() + " of " + allowed + ", " + o.outcome().words()
                        : o.figure() + ", " + allowed,
                tone);
        wrapped("    ", o.sentence(), FAINT);
    }

    private void step(StepReport step) {
        String mark = switch (step.state()) {
            case SUCCEEDED -> "✓";
            case SKIPPED -> "↷";
            case FAILED -> "✗";
            case WAITING, RUNNING -> "…";
            case PENDING, NOT_EXECUTED -> "·";
        };
        String took = ReportWords.ran(step) ? Seconds.text(step.seconds()) : ReportWords.state(step.state());
        String tries = step.attempts() > 1 ? ", " + step.attempts() + " attempts" : "";
        String lead = "  " + mark + " " + padded(Integer.toString(step.number()), 3) + padded(took, 14);
        hanging(lead, step.name() + tries, stepTone(step.state()));
        if (!step.detail().isBlank()) {
            wrapped(" ".repeat(lead.length()), step.detail(), FAINT);
        }
    }

    private String stepTone(StepState state) {
        return switch (state) {
            case FAILED -> tone(Verdict.RED);
            case SKIPPED, WAITING -> tone(Verdict.AMBER);
            case PENDING, NOT_EXECUTED -> FAINT;
            case RUNNING, SUCCEEDED -> "";
        };
    }

    private static String tone(Verdict verdict) {
        return switch (verdict) {
            case GREEN -> "\u001b[32m";
            case AMBER -> "\u001b[33m";
            case RED -> "\u001b[31m";
        };
    }

    private void list(String heading, List<String> items) {
        if (items.isEmpty()) {
            return;
        }
        blank();
        line("  " + heading, BOLD);
        items.forEach(i -> wrapped("    ", i, ""));
    }

    private void wrapped(String indent, String value, String style) {
        for (String line : Wrapped.lines(PlainText.line(value), width - indent.length())) {
            line(indent + line, style);
        }
    }

    /** The lead on the first line, as much space on the others. */
    private void hanging(String lead, String value, String style) {
        String indent = lead;
        for (String line : Wrapped.lines(PlainText.line(value), width - lead.length())) {
            line(indent + line, style);
            indent = " ".repeat(lead.length());
        }
    }

    private void line(String text, String style) {
        out.append(colour && !style.isEmpty() ? style + text + RESET : text).append('\n');
    }

    private void blank() {
        out.append('\n');
    }

    private static String padded(String text, int columns) {
        return text.length() < columns ? text + " ".repeat(columns - text.length()) : text + " ";
    }
}
