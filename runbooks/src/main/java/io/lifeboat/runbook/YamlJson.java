package io.lifeboat.runbook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/** Turns a YAML tree into JSON: all scalars are text, but for those that are asked to be numbers or truths. */
final class YamlJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private YamlJson() {}

    static JsonNode of(YamlNode root, Set<KeyPath> literals) {
        return node(root, KeyPath.ROOT, literals);
    }

    private static JsonNode node(YamlNode node, KeyPath path, Set<KeyPath> literals) {
        return switch (node) {
            case YamlNode.Mapping mapping -> {
                ObjectNode object = NODES.objectNode();
                for (YamlNode.Entry entry : mapping.entries()) {
                    object.set(entry.key(), node(entry.value(), path.key(entry.key()), literals));
                }
                yield object;
            }
            case YamlNode.Sequence sequence -> {
                ArrayNode array = NODES.arrayNode();
                for (YamlNode item : sequence.items()) {
                    array.add(node(item, path.item(array.size()), literals));
                }
                yield array;
            }
            case YamlNode.Scalar scalar when scalar.isNothing() -> NODES.nullNode();
            case YamlNode.Scalar scalar
            when literals.contains(path) && scalar.isWholeNumber() ->
                NODES.numberNode(Integer.parseInt(scalar.source()));
            case YamlNode.Scalar scalar
            when literals.contains(path) && scalar.isTruth() ->
                NODES.booleanNode(Boolean.parseBoolean(scalar.source()));
            case YamlNode.Scalar scalar -> NODES.textNode(scalar.source());
        };
    }
}
