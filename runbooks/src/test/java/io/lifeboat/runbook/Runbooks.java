package io.lifeboat.runbook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A runbook of the service "orders", smaller than the catalog's, and changed copies of it. */
public final class Runbooks {
    public static final Path CATALOG = Path.of("catalog");
    public static final Path ORDERS = Path.of("src/test/resources/io/lifeboat/runbook/orders.yaml");

    private static final RunbookReader READER = new RunbookReader();

    private Runbooks() {}

    public static String orders() {
        try {
            return Files.readString(ORDERS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The runbook with one piece of text replaced; fails when the piece is not in it exactly once. */
    public static String ordersWith(String original, String replacement) {
        return replace(orders(), original, replacement);
    }

    /** The runbook with other lines in place of the key {@code backups} and all below it. */
    public static String ordersWithBackups(String lines) {
        String text = orders();
        return text.substring(0, text.indexOf("    backups:\n")) + lines + text.substring(text.indexOf("\nworkloads:"));
    }

    /**
     * The lines of a further backup policy, like the runbook's own but for some keys.
     *
     * @param changes each as in {@code every: 5m}
     */
    public static String policy(String name, String... changes) {
        String text = orders();
        String lines = text.substring(text.indexOf("      - name: nightly"), text.indexOf("\nworkloads:"));
        String policy = lines.replace("nightly", name);
        for (String change : changes) {
            String key = change.substring(0, change.indexOf(':'));
            String line = policy.lines()
                    .filter(l -> l.startsWith("        " + key + ": "))
                    .findFirst()
                    .orElseThrow();
            policy = replace(policy, line, "        " + change);
        }
        return policy;
    }

    public static String replace(String text, String original, String replacement) {
        if (text.indexOf(original) < 0 || text.indexOf(original) != text.lastIndexOf(original)) {
            throw new IllegalArgumentException("not in the runbook exactly once: " + original);
        }
        return text.replace(original, replacement);
    }

    public static RunbookDocument read(String text) {
        return READER.parse(Path.of("r.yaml"), text.getBytes(StandardCharsets.UTF_8));
    }

    /** What is wrong with a text, as printed; empty when nothing is. */
    public static List<String> problems(String text) {
        try {
            read(text);
            return List.of();
        } catch (InvalidRunbookException e) {
            return e.problems().stream().map(Problem::toString).toList();
        }
    }

    /** The line of the first occurrence of a piece of text, starting at 1. */
    public static int line(String text, String piece) {
        return (int) text.substring(0, text.indexOf(piece))
                        .chars()
                        .filter(c -> c == '\n')
                        .count()
                + 1;
    }
}
