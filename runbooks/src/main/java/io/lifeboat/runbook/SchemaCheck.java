package io.lifeboat.runbook;

import com.fasterxml.jackson.databind.JsonNode;
import io.lifeboat.runbook.RunbookSchema.Violation;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks a tree against the schema: one problem for one mistake, in the words of {@link SchemaWords}. */
final class SchemaCheck {
    private final RunbookSchema schema;

    SchemaCheck(RunbookSchema schema) {
        this.schema = schema;
    }

    /**
     * What the check found.
     *
     * @param tree the YAML tree as JSON, with numbers and truths where the schema asks for them
     * @param violations at most one for a value or key
     */
    record Result(JsonNode tree, Collection<Violation> violations) {}

    Result check(YamlNode root) {
        Set<KeyPath> literals = schema.violations(YamlJson.of(root, Set.of())).stream()
                .filter(SchemaCheck::asksForLiteral)
                .map(Violation::path)
                .collect(Collectors.toSet());
        JsonNode tree = YamlJson.of(root, literals);
        Map<KeyPath, Violation> first = new LinkedHashMap<>();
        for (Violation violation : schema.violations(tree)) {
            first.merge(violation.subject(), violation, SchemaCheck::plainer);
        }
        first.values().removeAll(misspelt(first.values()));
        return new Result(tree, first.values());
    }

    private static boolean asksForLiteral(Violation violation) {
        String type = violation.definition().path("type").asText();
        return violation.keyword().equals("type") && (type.equals("integer") || type.equals("boolean"));
    }

    /** A value of the wrong type breaks other rules as well; the type is the mistake. */
    private static Violation plainer(Violation one, Violation other) {
        return other.keyword().equals("type") ? other : one;
    }

    /** A misspelt key is unknown, and its right spelling is missing: that is one mistake. */
    private static Set<Violation> misspelt(Collection<Violation> violations) {
        Set<Violation> echoes = new HashSet<>();
        for (Violation unknown : violations) {
            if (!unknown.keyword().equals("additionalProperties")) {
                continue;
            }
            NearestWord.of(unknown.property().orElse(""), RunbookSchema.keys(unknown.definition()))
                    .ifPresent(meant -> violations.stream()
                            .filter(v -> v.keyword().equals("required")
                                    && v.subject().equals(unknown.path().key(meant)))
                            .forEach(echoes::add));
        }
        return echoes;
    }
}
