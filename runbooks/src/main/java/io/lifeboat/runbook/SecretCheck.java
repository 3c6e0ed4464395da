package io.lifeboat.runbook;

import java.util.LinkedHashMap;
import java.util.Map;

/** Finds secrets written out where a reference belongs. */
final class SecretCheck {
    private final Map<KeyPath, String> found = new LinkedHashMap<>();

    private SecretCheck() {}

    /** The places that hold a secret, with what it looks like; never the secret. */
    static Map<KeyPath, String> find(YamlNode root) {
        SecretCheck check = new SecretCheck();
        check.visit(root, KeyPath.ROOT);
        return check.found;
    }

    private void visit(YamlNode node, KeyPath path) {
        switch (node) {
            case YamlNode.Mapping mapping -> mapping.entries().forEach(entry -> visit(entry, path.key(entry.key())));
            case YamlNode.Sequence sequence -> {
                for (int i = 0; i < sequence.items().size(); i++) {
                    visit(sequence.items().get(i), path.item(i));
                }
            }
            case YamlNode.Scalar scalar -> LiteralSecret.in(scalar.source()).ifPresent(kind -> found.put(path, kind));
        }
    }

    private void visit(YamlNode.Entry entry, KeyPath path) {
        boolean harmless = entry.value() instanceof YamlNode.Scalar scalar
                && (scalar.isNothing() || LiteralSecret.isReference(scalar.source()));
        if (LiteralSecret.isNamedBy(entry.key()) && !harmless) {
            found.put(path, "a secret, by the name of its key");
        } else {
            visit(entry.value(), path);
        }
    }
}
