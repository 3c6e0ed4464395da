package io.lifeboat.workflow.run;

import java.util.Locale;

/** A run as the Markdown that the Temporal UI shows as its current details. */
public final class StatusTable {
    /** The UI draws tables without padding; an em space at the end of a cell keeps words apart. */
    private static final String PAD = "\u2003";

    private StatusTable() {}

    public static String render(RunStatus status) {
        StringBuilder text = new StringBuilder();
        text.append("**").append(cell(status.headline())).append("**\n\n");
        status.waitingFor()
                .ifPresent(w -> text.append("Waiting for: ").append(cell(w)).append("\n\n"));
        text.append("|#")
                .append(PAD)
                .append("|Step")
                .append(PAD)
                .append("|State")
                .append(PAD)
                .append("|Seconds")
                .append(PAD)
                .append("|What is true now|\n|---|---|---|---|---|\n");
        for (StepStatus step : status.steps()) {
            text.append('|')
                    .append(step.number())
                    .append(PAD)
                    .append('|')
                    .append(cell(step.name()))
                    .append(PAD)
                    .append('|')
                    .append(mark(step.state()))
                    .append(PAD)
                    .append('|')
                    .append(step.seconds()
                            .map(s -> String.format(Locale.ROOT, "%.2f", s))
                            .orElse(""))
                    .append(PAD)
                    .append('|')
                    .append(cell(step.detail()))
                    .append("|\n");
        }
        if (!status.decisions().isEmpty()) {
            text.append("\nDecisions\n\n");
            status.decisions().forEach(d -> text.append("- ").append(cell(d)).append('\n'));
        }
        status.planHash().ifPresent(h -> text.append("\nPlan `").append(h).append("`\n"));
        status.report()
                .ifPresent(r -> text.append("\nReport: [HTML](")
                        .append(r.html())
                        .append(") · [JSON](")
                        .append(r.json())
                        .append(") · [Markdown](")
                        .append(r.markdown())
                        .append(")\n\n`")
                        .append(r.html())
                        .append("`\n"));
        return text.toString();
    }

    private static String mark(StepState state) {
        return switch (state) {
            case PENDING -> "";
            case RUNNING -> "▶ running";
            case WAITING -> "⚠ waiting for you";
            case SUCCEEDED -> "✔ done";
            case SKIPPED -> "↷ skipped";
            case FAILED -> "✖ failed";
            case NOT_EXECUTED -> "not executed";
        };
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ").replace("<", "&lt;");
    }
}
