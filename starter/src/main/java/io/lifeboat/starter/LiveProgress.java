package io.lifeboat.starter;

import io.lifeboat.workflow.run.RunStatus;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Redraws one table in place, for a person at a terminal. */
final class LiveProgress implements Progress {
    private static final String[] SPINNER = {"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"};

    private final Console console;
    private List<String> shown = List.of();
    private List<String> drawn = List.of();
    private int turn;

    LiveProgress(Console console) {
        this.console = console;
    }

    @Override
    public void show(RunStatus status) {
        String spinner = SPINNER[turn++ % SPINNER.length];
        shown = new StatusText(console.colourErr(), console.width(), spinner).lines(status);
        draw(shown);
    }

    @Override
    public void silent(long seconds) {
        List<String> lines = new ArrayList<>(shown);
        lines.add("");
        lines.add(StatusText.cut(
                "No answer for " + seconds + " s. The run goes on without this screen; still trying.",
                console.width() - 1));
        draw(lines);
    }

    @Override
    public void end() {
        drawn = List.of();
    }

    /** Rewrites line by line instead of clearing first, so that nothing flickers. */
    private void draw(List<String> lines) {
        if (lines.equals(drawn)) {
            return;
        }
        PrintWriter err = console.err();
        if (!drawn.isEmpty()) {
            err.print("\u001b[" + drawn.size() + "A");
        }
        for (String line : lines) {
            err.print("\r" + line + "\u001b[K\n");
        }
        err.print("\u001b[J");
        err.flush();
        drawn = List.copyOf(lines);
    }
}
