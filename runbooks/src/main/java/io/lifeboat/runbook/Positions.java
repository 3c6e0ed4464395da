package io.lifeboat.runbook;

import io.lifeboat.runbook.KeyPath.Step;
import java.util.Optional;

/** Finds the place of a key in the file a runbook was read from. */
public final class Positions {
    private final YamlNode root;

    Positions(YamlNode root) {
        this.root = root;
    }

    /**
     * The place of a key, or of the innermost existing key around it.
     *
     * @param key as in {@code traffic.endpoints[0].weight}
     */
    public Position of(String key) {
        return of(KeyPath.parse(key));
    }

    Position of(KeyPath path) {
        YamlNode node = root;
        Position position = Position.START;
        for (Step step : path.steps()) {
            switch (step) {
                case Step.Key(String name) -> {
                    Optional<YamlNode.Entry> entry =
                            node instanceof YamlNode.Mapping mapping ? mapping.entry(name) : Optional.empty();
                    if (entry.isEmpty()) {
                        return position;
                    }
                    position = entry.get().position();
                    node = entry.get().value();
                }
                case Step.Item(int index) -> {
                    if (index >= node.children().size()) {
                        return position;
                    }
                    node = node.children().get(index);
                    position = node.position();
                }
            }
        }
        return position;
    }

    /** The node at a path. */
    Optional<YamlNode> node(KeyPath path) {
        Optional<YamlNode> node = Optional.of(root);
        for (Step step : path.steps()) {
            node = node.flatMap(n -> switch (step) {
                case Step.Key(String name) -> n.child(name);
                case Step.Item(int index) ->
                    index < n.children().size() ? Optional.of(n.children().get(index)) : Optional.empty();
            });
        }
        return node;
    }
}
