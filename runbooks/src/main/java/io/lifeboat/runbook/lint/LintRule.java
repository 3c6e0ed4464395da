package io.lifeboat.runbook.lint;

import io.lifeboat.runbook.RunbookDocument;
import java.util.List;

/** One thing that a runbook can promise and not keep. A rule judges by the runbook alone and never touches the world. */
public interface LintRule {
    /** A stable name in kebab case, for reports and for talking about it. */
    String id();

    /** What the rule finds; nothing when the promise holds. */
    List<Finding> check(RunbookDocument document);
}
