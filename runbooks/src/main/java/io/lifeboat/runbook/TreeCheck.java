package io.lifeboat.runbook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs every check on a tree. Of one value it reports one problem: a secret before a rule of the schema, that before a reference. */
final class TreeCheck {
    private final String file;
    private final YamlNode root;
    private final Positions positions;
    private final List<Problem> problems;
    private final Set<KeyPath> reported = new HashSet<>();

    private TreeCheck(String file, YamlNode root, List<Problem> problems) {
        this.file = file;
        this.root = root;
        this.positions = new Positions(root);
        this.problems = problems;
    }

    /**
     * Checks a tree.
     *
     * @param problems what is wrong already, and gets what else is wrong
     * @return the tree as JSON, ready to be bound; nothing when there is any problem
     */
    static Optional<JsonNode> check(String file, YamlNode root, List<Problem> problems) {
        TreeCheck check = new TreeCheck(file, root, problems);
        check.secrets();
        JsonNode tree = check.schema();
        check.references();
        check.policies();
        check.schedules();
        return problems.isEmpty() ? Optional.of(tree) : Optional.empty();
    }

    private void secrets() {
        for (Map.Entry<KeyPath, String> secret : SecretCheck.find(root).entrySet()) {
            report(
                    secret.getKey(),
                    Quoted.text(secret.getKey().toString()) + " holds what looks like " + secret.getValue()
                            + " (not shown)",
                    "Keep it where the worker runs and write a reference, env:NAME or file:/path;"
                            + " if it was ever shared, change it.");
        }
    }

    private JsonNode schema() {
        RunbookSchema schema = RunbookSchema.get();
        SchemaWords words = new SchemaWords(schema);
        SchemaCheck.Result result = new SchemaCheck(schema).check(root);
        for (RunbookSchema.Violation violation : result.violations()) {
            SchemaWords.Words said = words.of(violation, positions.node(violation.path()));
            report(violation.subject(), said.message(), said.hint());
        }
        return result.tree();
    }

    private void references() {
        report(ReferenceCheck.find(root, reported));
    }

    private void policies() {
        report(PolicyCheck.find(root, reported));
    }

    private void schedules() {
        report(ScheduleCheck.find(root, reported));
    }

    private void report(List<ReferenceCheck.Mistake> mistakes) {
        mistakes.forEach(mistake -> report(mistake.path(), mistake.message(), mistake.hint()));
    }

    private void report(KeyPath path, String message, String hint) {
        if (reported.add(path)) {
            problems.add(Problem.at(file, positions.of(path), message, hint));
        }
    }
}
