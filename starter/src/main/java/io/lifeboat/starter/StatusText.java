package io.lifeboat.starter;

import io.lifeboat.workflow.backup.NightlyBackupWorkflow;
import io.lifeboat.workflow.failover.RegionFailoverWorkflow;
import io.lifeboat.workflow.report.Seconds;
import io.lifeboat.workflow.restore.PitrTestWorkflow;
import io.lifeboat.workflow.restore.RestoreDatastoreWorkflow;
import io.lifeboat.workflow.restore.SmokeRestoreWorkflow;
import io.lifeboat.workflow.run.RunPhase;
import io.lifeboat.workflow.run.RunStatus;
import io.lifeboat.workflow.run.StepState;
import io.lifeboat.workflow.run.StepStatus;
import io.lifeboat.workflow.run.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A run on one screen, line by line, none wider than the terminal.
 *
 * @param spinner what marks the step under way
 */
record StatusText(boolean colour, int width, String spinner) {
    List<String> lines(RunStatus status) {
        List<String> lines = new ArrayList<>();
        lines.add(styled(Style.BOLD, spoken(status.procedure()) + " of " + status.service() + way(status)) + "  "
                + styled(style(status), status.verdict().map(Verdict::name).orElse(phase(status.phase()))));
        lines.add(styled(Style.PLAIN, status.headline()));
        lines.add("");
        int name =
                status.steps().stream().mapToInt(s -> s.name().length()).max().orElse(0);
        status.steps().forEach(s -> lines.add(step(s, Math.min(name, 36))));
        status.waitingFor().ifPresent(w -> {
            lines.add("");
            lines.add(styled(Style.AMBER, "Waits for " + w));
        });
        Hints.of(status).forEach(h -> lines.add("  " + styled(Style.BOLD, h)));
        if (status.held()) {
            lines.add(styled(Style.AMBER, "Held: it stops before the next step."));
        }
        return List.copyOf(lines);
    }

    private static String way(RunStatus status) {
        if (status.fromRegion().isEmpty()) {
            return "";
        }
        return ", " + status.fromRegion()
                + (status.fromRegion().equals(status.toRegion()) ? "" : " → " + status.toRegion());
    }

    private static String spoken(String procedure) {
        return switch (procedure) {
            case RegionFailoverWorkflow.TYPE -> "Failover";
            case NightlyBackupWorkflow.TYPE -> "Backup";
            case PitrTestWorkflow.TYPE -> "Point-in-time test";
            case SmokeRestoreWorkflow.TYPE -> "Smoke restore";
            case RestoreDatastoreWorkflow.TYPE -> "Restore";
            default -> procedure;
        };
    }

    private String step(StepStatus step, int nameWidth) {
        String took = step.seconds().map(Seconds::text).orElse("");
        String lead = "  " + mark(step.state()) + " " + right(Integer.toString(step.number()), 2) + "  "
                + left(step.name(), nameWidth) + "  " + right(took, 11);
        Style style = switch (step.state()) {
            case FAILED -> Style.RED;
            case WAITING, SKIPPED -> Style.AMBER;
            case PENDING, NOT_EXECUTED -> Style.FAINT;
            case RUNNING -> Style.BOLD;
            case SUCCEEDED -> Style.PLAIN;
        };
        int room = width - 1 - lead.length() - 2;
        String detail = room < 12 || step.detail().isBlank() ? "" : "  " + cut(step.detail(), room);
        return styled(style, lead) + (detail.isEmpty() ? "" : styled(Style.FAINT, detail));
    }

    private String mark(StepState state) {
        return switch (state) {
            case PENDING, NOT_EXECUTED -> "·";
            case RUNNING -> spinner;
            case WAITING -> "?";
            case SUCCEEDED -> "✓";
            case SKIPPED -> "↷";
            case FAILED -> "✗";
        };
    }

    private static Style style(RunStatus status) {
        if (status.verdict().isPresent()) {
            return switch (status.verdict().get()) {
                case GREEN -> Style.GREEN;
                case AMBER -> Style.AMBER;
                case RED -> Style.RED;
            };
        }
        return status.phase() == RunPhase.AWAITING_APPROVAL ? Style.AMBER : Style.FAINT;
    }

    static String phase(RunPhase phase) {
        return phase.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private String styled(Style style, String text) {
        String line = cut(text, width - 1);
        return colour ? style.around(line) : line;
    }

    /** No control character reaches the terminal, and no line is wider than asked. */
    static String cut(String text, int room) {
        String line = text.replaceAll("\\s+", " ").replaceAll("\\p{Cntrl}", "");
        if (text.startsWith("  ")) {
            line = text.replaceAll("\\p{Cntrl}", "");
        }
        return line.length() <= room ? line : line.substring(0, Math.max(0, room - 1)) + "…";
    }

    private static String left(String text, int columns) {
        String cut = cut(text, columns);
        return cut + " ".repeat(Math.max(0, columns - cut.length()));
    }

    private static String right(String text, int columns) {
        return " ".repeat(Math.max(0, columns - text.length())) + text;
    }

    private enum Style {
        PLAIN(""),
        BOLD("\u001b[1m"),
        FAINT("\u001b[2m"),
        GREEN("\u001b[1;32m"),
        AMBER("\u001b[33m"),
        RED("\u001b[31m");

        private final String on;

        Style(String on) {
            this.on = on;
        }

        String around(String text) {
            return on.isEmpty() ? text : on + text + "\u001b[0m";
        }
    }
}
