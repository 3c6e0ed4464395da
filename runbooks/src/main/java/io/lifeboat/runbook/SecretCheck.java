package io.lifeboat.runbook;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Finds secrets written out where a reference belongs. */
final class SecretCheck {
    private final Map<KeyPath, String> found = new LinkedHashMap<>();

    private SecretCheck() {}

    /** The places that hold a secret, with what it looks like; never the secret. */
    static Map<KeyPath, String> find(YamlNode root) {
        SecretCheck check = new SecretCheck();
        check.visit(root, KeyPath.ROOT, false);
        return check.found;
    }

    private void visit(YamlNode node, KeyPath path, boolean named) {
        switch (node) {
            case YamlNode.Mapping mapping -> {
                for (YamlNode.Entry entry : mapping.entries()) {
                    visit(entry.value(), path.key(entry.key()), named || LiteralSecret.isNamedBy(entry.key()));
                }
            }
            case YamlNode.Sequence sequence -> {
                for (int i = 0; i < sequence.items().size(); i++) {
                    visit(sequence.items().get(i), path.item(i), named);
                }
            }
            case YamlNode.Scalar scalar -> {
                Optional<String> kind = LiteralSecret.in(scalar.source());
                if (kind.isPresent()) {
                    found.put(path, kind.get());
                } else if (named && !scalar.isNothing() && !LiteralSecret.isReference(scalar.source())) {
                    found.put(path, "a secret, by the name of its key");
                }
            }
        }
    }
}
