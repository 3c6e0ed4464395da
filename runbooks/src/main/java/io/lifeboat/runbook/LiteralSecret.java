package io.lifeboat.runbook;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognises text that looks like a secret written out. It would rather take a harmless long word for a secret than let a
 * secret into a repository, a workflow history and a report.
 */
final class LiteralSecret {
    private record Shape(String name, Pattern pattern) {}

    private static final String SECRET_WORD =
            "(?:password|passwd|passphrase|pwd|secret|token|credentials?|(?:api|access|private|secret)[-_]?key)";
    private static final Pattern REFERENCE = Pattern.compile("env:[A-Za-z_][A-Za-z0-9_]*|file:/\\S+");
    private static final Pattern SECRET_KEY = Pattern.compile("(?i).*" + SECRET_WORD);
    private static final Pattern OPAQUE = Pattern.compile("[A-Za-z0-9+/_=]{24,}");

    private static final List<Shape> SHAPES = List.of(
            new Shape("a URI with a password", Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://[^\\s/@]*:[^\\s/]+@")),
            new Shape("a private key", Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY|AGE-SECRET-KEY-1")),
            new Shape("an access key", Pattern.compile("\\b(?:AKIA|ASIA)[A-Z0-9]{16}\\b|\\bAIza[\\w-]{30,}")),
            new Shape(
                    "a token",
                    Pattern.compile(
                            "\\b(?:gh[pousr]_|github_pat_|glpat-|xox[abeprs]-|hvs\\.|sk_live_|sk-|npm_)[\\w-]{10,}"
                                    + "|\\beyJ[\\w-]{8,}\\.[\\w-]{8,}\\.|(?i:\\bbearer\\s+[\\w.~+/-]{12,})")),
            new Shape("a password", Pattern.compile("(?i)" + SECRET_WORD + "[\"']?\\s*[=:]\\s*[\"']?[^\\s\"'&]{3,}")));

    private LiteralSecret() {}

    /** What kind of secret the text seems to hold; nothing for a reference. */
    static Optional<String> in(String text) {
        Optional<String> shape = SHAPES.stream()
                .filter(s -> s.pattern().matcher(text).find())
                .findFirst()
                .map(Shape::name);
        if (shape.isPresent() || REFERENCE.matcher(text).matches()) {
            return shape;
        }
        Matcher run = OPAQUE.matcher(text);
        while (run.find()) {
            if (looksRandom(run.group())) {
                return Optional.of("a key or token");
            }
        }
        return Optional.empty();
    }

    /** Whether a key's name says that its value is a secret. */
    static boolean isNamedBy(String key) {
        return SECRET_KEY.matcher(key).matches();
    }

    static boolean isReference(String text) {
        return REFERENCE.matcher(text).matches();
    }

    /** Random text changes between small letters, capitals and digits at every second character; words and paths rarely. */
    private static boolean looksRandom(String text) {
        int changes = 0;
        boolean digits = false;
        boolean letters = false;
        for (int i = 0; i < text.length(); i++) {
            int kind = kind(text.charAt(i));
            int before = i == 0 ? kind : kind(text.charAt(i - 1));
            digits |= kind == 2;
            letters |= kind < 2;
            changes += kind != before && kind < 3 && before < 3 ? 1 : 0;
        }
        return digits && letters && changes * 4 >= text.length();
    }

    private static int kind(char c) {
        if (Character.isLowerCase(c)) {
            return 0;
        }
        if (Character.isUpperCase(c)) {
            return 1;
        }
        return Character.isDigit(c) ? 2 : 3;
    }
}
