package io.lifeboat.runbook;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word someone probably meant, by edit distance; a swap of two neighbours counts as one edit. */
public final class NearestWord {
    private NearestWord() {}

    /** The nearest of the known words, if one is near enough to be a slip. */
    public static Optional<String> of(String word, Collection<String> known) {
        return known.stream()
                .filter(candidate -> distance(word, candidate) <= allowed(word, candidate))
                .min(Comparator.comparingInt((String candidate) -> distance(word, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** {@code Did you mean "x"?}, or else what is known, after the given word. */
    public static String hint(String word, Collection<String> known, String knownAre) {
        return of(word, known)
                .map(nearest -> "Did you mean \"" + nearest + "\"?")
                .orElseGet(() -> knownAre + " " + Quoted.all(known) + ".");
    }

    private static int allowed(String word, String candidate) {
        String lower = word.toLowerCase(Locale.ROOT);
        int shorter = Math.min(lower.length(), candidate.length());
        boolean oneBeginsTheOther = candidate.startsWith(lower) || lower.startsWith(candidate);
        return oneBeginsTheOther && shorter >= 4
                ? 6
                : Math.max(1, (Math.max(lower.length(), candidate.length()) + 1) / 4);
    }

    private static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                cost[i][j] = Math.min(cost[i - 1][j - 1] + change, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
