package io.lifeboat.runbook.lint;

import io.lifeboat.runbook.Position;
import io.lifeboat.runbook.RunbookDocument;
import java.util.Locale;

/**
 * Something in a readable runbook that will not work.
 *
 * @param rule id of the rule that found it
 * @param line starting at 1
 * @param column starting at 1
 * @param key the key that is to blame, as in {@code traffic.endpoints[1].weight}
 * @param consequence what would happen, as a sentence
 * @param advice what to do, as a sentence
 */
public record Finding(
        String rule,
        Severity severity,
        String file,
        int line,
        int column,
        String key,
        String consequence,
        String advice) {

    static Finding error(LintRule rule, RunbookDocument document, String key, String consequence, String advice) {
        return of(rule, Severity.ERROR, document, key, consequence, advice);
    }

    static Finding warning(LintRule rule, RunbookDocument document, String key, String consequence, String advice) {
        return of(rule, Severity.WARNING, document, key, consequence, advice);
    }

    private static Finding of(
            LintRule rule, Severity severity, RunbookDocument document, String key, String consequence, String advice) {
        Position position = document.positions().of(key);
        String file = document.file().path().toString();
        return new Finding(rule.id(), severity, file, position.line(), position.column(), key, consequence, advice);
    }

    /** The form that editors and terminals make a link of. */
    @Override
    public String toString() {
        String word = severity.name().toLowerCase(Locale.ROOT);
        return file + ":" + line + ":" + column + ": " + word + ": " + consequence + " " + advice + " [" + rule + "]";
    }
}
