package io.lifeboat.runbook;

import com.fasterxml.jackson.databind.JsonNode;
import io.lifeboat.runbook.RunbookSchema.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Says what breaks the schema in the words of the people who write runbooks. */
final class SchemaWords {
    private static final Pattern BARE_NUMBER = Pattern.compile("[0-9]{1,6}");
    private static final Pattern ZERO = Pattern.compile("(0+(d|h|m|s|ms))+");
    private static final Pattern NUMBER_IN_DISGUISE = Pattern.compile("-?[0-9][0-9_,]*");

    private final RunbookSchema schema;

    SchemaWords(RunbookSchema schema) {
        this.schema = schema;
    }

    /** A message and a hint, without their place. */
    record Words(String message, String hint) {}

    Words of(Violation violation, Optional<YamlNode> value) {
        String key = violation.path().isRoot()
                ? "the runbook"
                : Quoted.text(violation.path().toString());
        JsonNode definition = violation.definition();
        return switch (violation.keyword()) {
            case "required" -> missing(key, definition, violation.property().orElse(""));
            case "additionalProperties" -> unknown(violation, definition);
            case "enum" -> notKnown(key, definition.path("enum"), value);
            case "const" -> notKnown(key, List.of(definition.path("const")), value);
            case "type" -> wrongType(key, definition, value);
            case "pattern" -> wrongForm(key, definition, value);
            case "minLength" -> new Words(key + " is empty but must be " + kind(definition), examples(definition));
            case "minItems" -> new Words(key + " is an empty list", "Add at least one entry.");
            case "maxLength" ->
                new Words(key + " is longer than " + definition.path("maxLength") + " characters", "Shorten it.");
            case "minimum" -> outOfRange(key, definition, value);
            case "maximum" -> outOfRange(key, definition, value);
            default ->
                new Words(
                        key + " breaks the schema's rule \"" + violation.keyword() + "\"",
                        "It must be " + kind(definition) + ".");
        };
    }

    private Words missing(String key, JsonNode definition, String property) {
        String meaning = schema.description(definition, property)
                .map(text -> ": " + decapitalized(text))
                .orElse(".");
        return new Words(
                key + " lacks " + Quoted.text(property),
                "Add it" + meaning + such(schema.examples(definition, property), " For example "));
    }

    private static Words unknown(Violation violation, JsonNode definition) {
        String word = violation.property().orElse("");
        String where = violation.path().isRoot()
                ? ""
                : " in " + Quoted.text(violation.path().toString());
        return new Words(
                "unknown key " + Quoted.text(word) + where,
                NearestWord.hint(word, RunbookSchema.keys(definition), "Known here:"));
    }

    private Words notKnown(String key, Iterable<JsonNode> allowed, Optional<YamlNode> value) {
        List<String> known = new ArrayList<>();
        allowed.forEach(node -> known.add(node.asText()));
        String word = value.flatMap(YamlNode::text).orElse("");
        String hint = known.size() == 1 && NearestWord.of(word, known).isEmpty()
                ? "Write " + known.getFirst() + "."
                : NearestWord.hint(word, known, "Known here:");
        return new Words(key + seen(value) + ", which is not known here", hint);
    }

    private Words wrongType(String key, JsonNode definition, Optional<YamlNode> value) {
        Optional<String> text = value.flatMap(YamlNode::text);
        boolean number = definition.path("type").asText().equals("integer");
        String digits = text.filter(t -> number && NUMBER_IN_DISGUISE.matcher(t).matches())
                .map(t -> t.replaceAll("[_,]|(?<=^-?)0+(?=[0-9])", ""))
                .filter(t -> t.length() < 10)
                .orElse("");
        String hint = digits.isEmpty() ? examples(definition) : "Write " + digits + ", without quotes.";
        return new Words(key + seen(value) + " but must be " + kind(definition), hint);
    }

    private Words wrongForm(String key, JsonNode definition, Optional<YamlNode> value) {
        String text = value.flatMap(YamlNode::text).orElse("");
        boolean duration = definition.path("title").asText().contains("duration");
        if (duration && BARE_NUMBER.matcher(text).matches()) {
            return new Words(key + " is " + text + " without a unit", "Say " + text + "s or " + text + "m.");
        }
        if (definition.path("title").asText().contains("size")
                && BARE_NUMBER.matcher(text).matches()) {
            return new Words(key + " is " + text + " without a unit", "Say " + text + "kB or " + text + "MB.");
        }
        if (duration && ZERO.matcher(text).matches()) {
            return new Words(key + " is " + text + " but must be longer than zero", "");
        }
        if (definition.equals(schema.document().at("/$defs/reference"))) {
            return new Words(
                    key + " holds a value (not shown: it may be a secret) but must be a reference",
                    "Keep the value where the worker runs, and write" + such(schema.examples(definition), " "));
        }
        return new Words(key + seen(value) + " but must be " + kind(definition), examples(definition));
    }

    private static Words outOfRange(String key, JsonNode definition, Optional<YamlNode> value) {
        return new Words(
                key + seen(value) + " but must be from " + definition.path("minimum") + " to "
                        + definition.path("maximum"),
                "");
    }

    private static String seen(Optional<YamlNode> value) {
        return switch (value.orElse(new YamlNode.Scalar(Position.START, "", true))) {
            case YamlNode.Mapping m -> " is a mapping";
            case YamlNode.Sequence s -> " is a list";
            case YamlNode.Scalar s when s.isNothing() -> " is empty";
            case YamlNode.Scalar s -> " is " + (s.isWholeNumber() ? s.source() : Quoted.text(s.source()));
        };
    }

    private static String kind(JsonNode definition) {
        String title = definition.path("title").asText();
        if (!title.isEmpty()) {
            return title;
        }
        return switch (definition.path("type").asText()) {
            case "integer" -> "a whole number";
            case "boolean" -> "true or false";
            case "object" -> "a mapping of keys to values";
            case "array" -> "a list";
            default -> "text";
        };
    }

    private String examples(JsonNode definition) {
        return such(schema.examples(definition), "For example ");
    }

    private static String such(List<String> examples, String before) {
        if (examples.isEmpty()) {
            return "";
        }
        String all = examples.size() == 1
                ? examples.getFirst()
                : String.join(", ", examples.subList(0, examples.size() - 1)) + " or " + examples.getLast();
        return before + all + ".";
    }

    private static String decapitalized(String text) {
        boolean acronym = text.length() > 1 && Character.isUpperCase(text.charAt(1));
        return acronym ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
    }
}
