package io.lifeboat.runbook;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The JSON Schema of runbooks: says where a tree breaks it, and what the schema tells people about the place. */
final class RunbookSchema {
    private static final String RESOURCE = "schema/runbook.schema.json";

    private final JsonNode document;
    private final Schema validator;

    private RunbookSchema(String text) throws IOException {
        this.document = Json.mapper().readTree(text);
        this.validator = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(text, InputFormat.JSON);
    }

    /** The one schema, loaded once: that takes longer than reading a runbook. */
    static RunbookSchema get() {
        return Holder.SCHEMA;
    }

    private static final class Holder {
        private static final RunbookSchema SCHEMA = load();
    }

    private static RunbookSchema load() {
        try (InputStream stream = Objects.requireNonNull(RunbookSchema.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return new RunbookSchema(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot load the runbook schema: it is damaged in this build", e);
        }
    }

    JsonNode document() {
        return document;
    }

    /**
     * One broken rule.
     *
     * @param path the value that breaks it
     * @param keyword the schema's keyword, such as {@code required}
     * @param property the missing or unknown key, for {@code required} and {@code additionalProperties}
     * @param definition the part of the schema that holds the keyword
     */
    record Violation(KeyPath path, String keyword, Optional<String> property, JsonNode definition) {
        /** The value or key that one problem is about. */
        KeyPath subject() {
            return property.map(path::key).orElse(path);
        }
    }

    List<Violation> violations(JsonNode tree) {
        List<Violation> violations = new ArrayList<>();
        for (Error error : validator.validate(tree.toString(), InputFormat.JSON)) {
            violations.add(new Violation(
                    path(error.getInstanceLocation()),
                    error.getKeyword(),
                    Optional.ofNullable(error.getProperty()),
                    definition(error.getSchemaLocation().getFragment())));
        }
        return violations;
    }

    /** What the schema says of a property, with the definition it refers to; the property's own words come first. */
    Optional<String> description(JsonNode definition, String property) {
        return annotation(definition.path("properties").path(property), "description")
                .map(JsonNode::asText);
    }

    /** Examples of a property's values. */
    List<String> examples(JsonNode definition, String property) {
        return examples(definition.path("properties").path(property));
    }

    List<String> examples(JsonNode schema) {
        List<String> examples = new ArrayList<>();
        annotation(schema, "examples")
                .or(() -> annotation(schema, "enum"))
                .ifPresent(list -> list.forEach(e -> examples.add(e.asText())));
        return examples;
    }

    static List<String> keys(JsonNode definition) {
        List<String> keys = new ArrayList<>();
        for (Iterator<String> names = definition.path("properties").fieldNames(); names.hasNext(); ) {
            keys.add(names.next());
        }
        return keys;
    }

    /** Follows a reference inside the schema. */
    JsonNode resolve(JsonNode schema) {
        return schema.has("$ref") ? document.at(schema.get("$ref").asText().substring(1)) : schema;
    }

    private Optional<JsonNode> annotation(JsonNode schema, String name) {
        return schema.has(name)
                ? Optional.of(schema.get(name))
                : Optional.ofNullable(resolve(schema).get(name));
    }

    private JsonNode definition(NodePath fragment) {
        JsonNode node = document;
        for (int i = 0; i < fragment.getNameCount() - 1; i++) {
            Object element = fragment.getElement(i);
            JsonNode next = element instanceof Integer index ? node.path(index) : node.path(element.toString());
            node = next.isMissingNode() && node.isArray() ? node.path(Integer.parseInt(element.toString())) : next;
        }
        return node;
    }

    private static KeyPath path(NodePath location) {
        KeyPath path = KeyPath.ROOT;
        for (int i = 0; i < location.getNameCount(); i++) {
            Object element = location.getElement(i);
            path = element instanceof Integer index ? path.item(index) : path.key(element.toString());
        }
        return path;
    }
}
