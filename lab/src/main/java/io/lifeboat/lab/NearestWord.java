package io.lifeboat.lab;

import java.util.Comparator;
import java.util.List;

/** The word someone who mistyped most likely meant: the one that takes the fewest edits. */
final class NearestWord {

    private NearestWord() {}

    /** The nearest of {@code words}, of which there is at least one. */
    static String to(String typed, List<String> words) {
        return words.stream()
                .min(Comparator.comparingInt(word -> edits(typed, word)))
                .orElseThrow();
    }

    private static int edits(String from, String to) {
        int[] previous = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] current = new int[to.length() + 1];
            current[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[to.length()];
    }
}
