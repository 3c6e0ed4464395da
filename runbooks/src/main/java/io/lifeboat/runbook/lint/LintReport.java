package io.lifeboat.runbook.lint;

import io.lifeboat.runbook.Problem;
import java.util.List;

/**
 * What lint says of a file or a folder; its JSON form is a contract.
 *
 * @param schemaVersion raised when a field changes its meaning or goes away
 * @param files every file that was read
 * @param problems what keeps a file from being a runbook at all
 * @param findings what will not work in the files that are runbooks
 */
public record LintReport(int schemaVersion, List<String> files, List<Problem> problems, List<Finding> findings) {
    /** The version of the JSON form written here. */
    public static final int SCHEMA_VERSION = 1;

    public LintReport {
        files = List.copyOf(files);
        problems = List.copyOf(problems);
        findings = List.copyOf(findings);
    }

    /** Whether anything is worse than a warning. */
    public boolean hasErrors() {
        return !problems.isEmpty() || findings.stream().anyMatch(f -> f.severity() == Severity.ERROR);
    }
}
