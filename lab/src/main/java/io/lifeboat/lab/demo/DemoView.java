package io.lifeboat.lab.demo;

import io.lifeboat.workflow.backup.ByteCount;
import io.lifeboat.workflow.run.RunStatus;
import io.lifeboat.workflow.run.StepState;
import io.lifeboat.workflow.run.StepStatus;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** What a demo shows while it runs: chapters, lines, and the steps as they change. Colour only where a person watches. */
final class DemoView {
    private static final String BOLD = "\u001B[1m";
    private static final String DIM = "\u001B[2m";
    private static final String RED = "\u001B[31m";
    private static final String GREEN = "\u001B[32m";
    private static final String YELLOW = "\u001B[33m";
    private static final String PLAIN = "\u001B[0m";
    private static final String CLEAR_LINE = "\r\u001B[2K";
    private static final int DETAIL = 96;

    private final PrintWriter out;
    private final boolean live;
    private final Map<Integer, StepState> shown = new HashMap<>();
    private String running = "";

    /** @param live whether a terminal understands colours and moving back on a line */
    DemoView(PrintWriter out, boolean live) {
        this.out = out;
        this.live = live;
    }

    synchronized void chapter(String title) {
        settle();
        out.println();
        out.println(paint(BOLD, title));
        out.flush();
    }

    synchronized void line(String text) {
        settle();
        out.println("  " + text);
        out.flush();
    }

    /** Another run begins, whose steps have not been shown. */
    synchronized void forget() {
        shown.clear();
    }

    /** Prints each step once when it ends or waits; where a person watches, also what runs now. */
    synchronized void progress(RunStatus status) {
        for (StepStatus step : status.steps()) {
            boolean changed = shown.put(step.number(), step.state()) != step.state();
            if (changed && mark(step.state()) != ' ') {
                settle();
                out.println("  " + sentence(step, status.steps().size()));
            }
        }
        if (live && !status.phase().isClosed()) {
            String now = status.waitingFor()
                    .map(w -> "waiting for " + w)
                    .orElseGet(() -> status.steps().stream()
                            .filter(s -> s.state() == StepState.RUNNING)
                            .findFirst()
                            .map(s -> s.number() + "/" + status.steps().size() + " " + s.name() + " "
                                    + seconds(s.seconds().orElse(0.0)))
                            .orElse(""));
            out.print(CLEAR_LINE + "  " + DIM + cut(now) + PLAIN);
            running = now;
        }
        out.flush();
    }

    private String sentence(StepStatus step, int of) {
        return switch (step.state()) {
                    case SUCCEEDED -> paint(GREEN, "✓");
                    case SKIPPED, WAITING -> paint(YELLOW, "!");
                    case FAILED -> paint(RED, "✗");
                    case PENDING, RUNNING, NOT_EXECUTED -> " ";
                }
                + String.format(
                        Locale.ROOT,
                        " %2d/%d %-18s %7s  ",
                        step.number(),
                        of,
                        step.name(),
                        seconds(step.seconds().orElse(0.0)))
                + cut(step.detail());
    }

    private static char mark(StepState state) {
        return switch (state) {
            case SUCCEEDED -> '✓';
            case SKIPPED, WAITING -> '!';
            case FAILED -> '✗';
            case PENDING, RUNNING, NOT_EXECUTED -> ' ';
        };
    }

    synchronized void verdict(DemoResult result, boolean kept, String name) {
        settle();
        String colour = switch (result.verdict()) {
            case "GREEN" -> GREEN;
            case "AMBER" -> YELLOW;
            default -> RED;
        };
        out.println();
        out.println(paint(BOLD + colour, result.verdict()) + "  " + paint(BOLD, result.headline()));
        out.println();
        result.rto().ifPresent(rto -> print(rto, result.recovery().isPresent()));
        result.rpo().ifPresent(this::print);
        result.backup().ifPresent(this::print);
        result.recovery().ifPresent(this::print);
        result.report().ifPresent(report -> out.println("  report                  " + report.html()));
        out.println("  Temporal                "
                + (kept ? result.temporal().ui() : "was taken down with the lab; --keep leaves it running"));
        if (kept) {
            out.println("  take the lab down       ./lifeboat lab down"
                    + (name.equals("default") ? "" : " --name " + name));
        }
        out.println("  the whole demo took     " + seconds(result.seconds()));
        out.flush();
    }

    private void print(DemoResult.Rto rto, boolean restored) {
        String outage = rto.clientVisibleSeconds().map(DemoView::seconds).orElse("not measured");
        if (restored) {
            out.println("  client without service  " + outage + " of " + seconds(rto.targetSeconds()) + " allowed");
            return;
        }
        out.println("  client without service  " + outage + "   = detect "
                + rto.detectSeconds().map(DemoView::seconds).orElse("not measured") + " + decide "
                + seconds(rto.decideSeconds()) + " + execute "
                + rto.executeSeconds().map(DemoView::seconds).orElse("not measured") + " + DNS cache of the client");
    }

    private void print(DemoResult.Rpo rpo) {
        out.println("  orders lost             "
                + rpo.lost()
                        .map(lost -> lost + " of " + rpo.acknowledged().orElse(0L) + " acknowledged")
                        .orElse("not measured"));
    }

    private void print(DemoResult.Backup backup) {
        out.println("  backup                  " + backup.id() + ": " + backup.rows() + " rows, "
                + ByteCount.text(backup.dataBytes()) + " dumped, " + ByteCount.text(backup.storedBytes())
                + " stored, in " + seconds(backup.seconds()));
        out.println("  copies in               " + String.join(", ", backup.copies()));
        out.println("  damage                  " + cut(backup.damageFound()));
    }

    private void print(DemoResult.Recovery recovery) {
        out.println("  gone back to            " + recovery.target() + ", restored and checked in "
                + seconds(recovery.restoreSeconds()));
        out.println("  damaged orders          " + recovery.destroyedRows() + " before, " + recovery.leftDamaged()
                + " now; the damaged database is kept as " + recovery.kept());
        recovery.checks().forEach(check -> out.println("  checked in the copy     " + check));
    }

    private void settle() {
        if (!running.isEmpty()) {
            out.print(CLEAR_LINE);
            running = "";
        }
    }

    private String paint(String colour, String text) {
        return live ? colour + text + PLAIN : text;
    }

    private static String cut(String text) {
        return text.length() <= DETAIL ? text : text.substring(0, DETAIL - 1) + "…";
    }

    static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.2f s", seconds);
    }
}
