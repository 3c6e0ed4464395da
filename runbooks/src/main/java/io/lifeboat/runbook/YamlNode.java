package io.lifeboat.runbook;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A YAML document as it was written: every scalar as its source text, every node with its place. */
sealed interface YamlNode {
    Position position();

    /** Keys are unique: the parser reports the second one and keeps the first. */
    record Mapping(Position position, List<Entry> entries) implements YamlNode {
        Optional<Entry> entry(String key) {
            return entries.stream().filter(e -> e.key().equals(key)).findFirst();
        }
    }

    /** @param position the place of the key */
    record Entry(String key, Position position, YamlNode value) {}

    record Sequence(Position position, List<YamlNode> items) implements YamlNode {}

    /** @param plain written without quotes and not as a block */
    record Scalar(Position position, String source, boolean plain) implements YamlNode {
        private static final Pattern WHOLE_NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,8})");

        /** Nothing was written, or one of YAML's words for nothing. */
        boolean isNothing() {
            return plain && (source.isEmpty() || source.equals("~") || source.equalsIgnoreCase("null"));
        }

        boolean isTruth() {
            return plain && (source.equals("true") || source.equals("false"));
        }

        boolean isWholeNumber() {
            return plain && WHOLE_NUMBER.matcher(source).matches();
        }
    }

    /** The value of a key, when this is a mapping that has it. */
    default Optional<YamlNode> child(String key) {
        return this instanceof Mapping mapping ? mapping.entry(key).map(Entry::value) : Optional.empty();
    }

    /** The items, when this is a sequence; otherwise none. */
    default List<YamlNode> children() {
        return this instanceof Sequence sequence ? sequence.items() : List.of();
    }

    /** The text, when this is a scalar with one. */
    default Optional<String> text() {
        return this instanceof Scalar scalar && !scalar.isNothing() ? Optional.of(scalar.source()) : Optional.empty();
    }
}
