package io.lifeboat.lab.tool;

import io.lifeboat.lab.LabException;
import java.util.Locale;

/** Pip's complaints in our words. */
final class PipFailure {

    private static final int LINES = 4;

    private PipFailure() {}

    static LabException of(Tool tool, String said) {
        String lower = said.toLowerCase(Locale.ROOT);
        String problem;
        if (lower.contains("no module named pip")) {
            problem = "python3 has no pip. Install it (Debian: apt-get install python3-pip)";
        } else if (lower.contains("do not match the hashes")) {
            problem = "the package that was downloaded is not the one tools.lock pins (its hash differs), and it was "
                    + "not used. Check which package index pip is set to";
        } else if (lower.contains("connection")
                || lower.contains("resolve")
                || lower.contains("proxyerror")
                || lower.contains("timed out")) {
            problem = "the package index could not be reached. Check the network and pip's settings";
        } else if (lower.contains("no matching distribution")) {
            problem = "the package index pip is set to does not offer the pinned version for this machine. "
                    + "Check pip's settings";
        } else {
            problem = "pip said: " + lastLines(said) + ". Correct that";
        }
        return LabException.precondition("Cannot install " + tool.title() + ": " + problem + ", or set "
                + tool.setting() + " to an installed program.");
    }

    static LabException tookTooLong(Tool tool, int minutes) {
        return LabException.precondition("Cannot install " + tool.title() + ": fetching it took more than " + minutes
                + " minutes. Check the network, or set " + tool.setting() + " to an installed program.");
    }

    private static String lastLines(String said) {
        String[] lines = said.strip().split("\n");
        StringBuilder last = new StringBuilder();
        for (int i = Math.max(0, lines.length - LINES); i < lines.length; i++) {
            last.append(last.isEmpty() ? "" : " / ").append(lines[i].strip());
        }
        return last.toString();
    }
}
