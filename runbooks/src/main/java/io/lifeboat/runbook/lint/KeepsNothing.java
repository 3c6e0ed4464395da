package io.lifeboat.runbook.lint;

import io.lifeboat.runbook.Keep;
import io.lifeboat.runbook.RunbookDocument;
import java.util.List;

/** Backups that no rule keeps: each may be removed as soon as it is taken. A compliance hold keeps them all. */
final class KeepsNothing implements LintRule {
    private static final Keep NOTHING = new Keep(0, 0, 0, 0, 0);

    @Override
    public String id() {
        return "keeps-nothing";
    }

    @Override
    public List<Finding> check(RunbookDocument document) {
        return DeclaredPolicy.all(document.runbook()).stream()
                .filter(declared -> declared.policy().keep().equals(NOTHING))
                .filter(declared -> declared.policy().holdFor().isEmpty())
                .map(declared -> Finding.error(
                        this,
                        document,
                        declared.key("keep"),
                        "Every backup %s may be removed as soon as the next is taken: all counts are 0."
                                .formatted(declared.title()),
                        "Keep some, such as daily: 7."))
                .toList();
    }
}
