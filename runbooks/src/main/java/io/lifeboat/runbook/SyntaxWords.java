package io.lifeboat.runbook;

import java.util.List;

/** Says in an operator's words what a YAML parser complains about. */
final class SyntaxWords {
    private record Translation(String parserWords, String ours) {}

    private static final List<Translation> TRANSLATIONS = List.of(
            new Translation("mapping values are not allowed", "a colon stands here that does not end a key"),
            new Translation("could not find expected ':'", "a colon is missing after a key"),
            new Translation("expected <block end>", "the indentation does not fit the lines above"),
            new Translation("unexpected end of stream", "a quote is not closed"),
            new Translation("expected ',' or", "a comma or a closing bracket is missing"),
            new Translation("cannot start any token", "no value can start with this character"),
            new Translation("unknown escape character", "no such escape exists after a backslash"));

    private SyntaxWords() {}

    /** What is wrong, after a colon; empty when there are no words for it. */
    static String of(String parserProblem) {
        return TRANSLATIONS.stream()
                .filter(t -> parserProblem.contains(t.parserWords()))
                .findFirst()
                .map(t -> ": " + t.ours())
                .orElse("");
    }
}
