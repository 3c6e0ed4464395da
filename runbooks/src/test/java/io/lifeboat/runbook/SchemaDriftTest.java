package io.lifeboat.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Schema, records and reader say the same: no key in one of them that the others do not know. */
class SchemaDriftTest {
    private static final RunbookSchema SCHEMA = RunbookSchema.get();
    private static final Path FULL = Path.of("src/test/resources/full.yaml");

    @Test
    void schemaAndRecordsHaveTheSameKeys() {
        assertSame("runbook", SCHEMA.document(), Runbook.class, Optional.empty());
    }

    @Test
    void readerBindsEveryKeyThatCanBeWritten() throws IOException {
        RunbookDocument document = new RunbookReader().read(FULL);

        JsonNode bound = Json.mapper().valueToTree(document.runbook());

        Set<String> written = new TreeSet<>();
        keys(SCHEMA.document(), "", written);
        assertThat(keysOf(bound)).containsExactlyElementsOf(written);
    }

    @Test
    void everyOptionalPartSurvivesATripThroughJson() throws IOException {
        Runbook runbook = new RunbookReader().read(FULL).runbook();
        String json = Json.mapper().writeValueAsString(runbook);

        Runbook back = Json.mapper().readValue(json, Runbook.class);

        assertThat(back).isEqualTo(runbook);
        assertThat(back.datastores().getFirst().backups()).isNotEmpty();
    }

    @Test
    void anOptionalPartThatAnOlderRunLacksIsAbsent() throws IOException {
        ObjectNode json =
                Json.mapper().valueToTree(new RunbookReader().read(FULL).runbook());
        json.remove("client");

        Runbook runbook = Json.mapper().treeToValue(json, Runbook.class);

        assertThat(runbook.client()).isEmpty();
    }

    @Test
    void aDatastoreOfAnOlderRunHasNoBackups() throws IOException {
        ObjectNode json =
                Json.mapper().valueToTree(new RunbookReader().read(FULL).runbook());
        ObjectNode datastore = (ObjectNode) json.at("/datastores/0");

        datastore.remove("backups");
        assertThat(backups(json)).isEmpty();

        datastore.putNull("backups");
        assertThat(backups(json)).isEmpty();
    }

    @Test
    void aRunbookOfAnOlderRunHasNoSchedules() throws IOException {
        ObjectNode json =
                Json.mapper().valueToTree(new RunbookReader().read(FULL).runbook());

        json.remove("schedules");
        assertThat(Json.mapper().treeToValue(json, Runbook.class).schedules()).isEmpty();

        json.putNull("schedules");
        assertThat(Json.mapper().treeToValue(json, Runbook.class).schedules()).isEmpty();
    }

    private static List<BackupPolicy> backups(JsonNode json) throws IOException {
        return Json.mapper()
                .treeToValue(json, Runbook.class)
                .datastores()
                .getFirst()
                .backups();
    }

    @Test
    void everyObjectIsStrictAndEveryPropertyIsDescribed() {
        List<JsonNode> definitions = new ArrayList<>(List.of(SCHEMA.document()));
        SCHEMA.document().path("$defs").forEach(definitions::add);

        for (JsonNode definition : definitions) {
            if (!definition.path("type").asText().equals("object")) {
                continue;
            }
            assertThat(definition.path("additionalProperties").asText().equals("false") || definition.has("allOf"))
                    .as("strict: %s", definition.path("description"))
                    .isTrue();
            for (String key : RunbookSchema.keys(definition)) {
                assertThat(SCHEMA.description(definition, key))
                        .as("description of %s in %s", key, definition.path("description"))
                        .hasValueSatisfying(text -> assertThat(text).endsWith("."));
            }
        }
    }

    /** A new keyword needs words of its own in {@link SchemaWords}. */
    @Test
    void everyRuleOfTheSchemaHasWords() {
        Set<String> keywords = new TreeSet<>();
        collectKeywords(SCHEMA.document(), keywords);

        keywords.removeAll(Set.of("$schema", "$id", "$ref", "$defs", "title", "description", "examples"));
        keywords.removeAll(Set.of("properties", "items", "allOf", "if", "then"));
        assertThat(keywords)
                .containsExactly(
                        "additionalProperties",
                        "const",
                        "enum",
                        "maxLength",
                        "maximum",
                        "minItems",
                        "minLength",
                        "minimum",
                        "pattern",
                        "required",
                        "type");
    }

    private static void collectKeywords(JsonNode schema, Set<String> found) {
        schema.properties().forEach(entry -> {
            found.add(entry.getKey());
            JsonNode value = entry.getValue();
            switch (entry.getKey()) {
                case "properties", "$defs", "allOf" -> value.forEach(part -> collectKeywords(part, found));
                case "items", "if", "then" -> collectKeywords(value, found);
                default -> assertThat(value.isObject()).as(entry.getKey()).isFalse();
            }
        });
    }

    private static void assertSame(String where, JsonNode definition, Class<?> type, Optional<String> discriminator) {
        List<String> components = new ArrayList<>();
        discriminator.ifPresent(components::add);
        List<String> required = new ArrayList<>(components);
        for (RecordComponent component : type.getRecordComponents()) {
            String key = key(component);
            components.add(key);
            boolean absentIsEmpty = component.getAccessor().isAnnotationPresent(JsonSetter.class);
            if (component.getType() != Optional.class && !absentIsEmpty) {
                required.add(key);
            }
            JsonNode property = SCHEMA.resolve(definition.path("properties").path(key));
            assertSameValue(where + "." + key, property, component.getGenericType());
        }

        assertThat(RunbookSchema.keys(definition)).as(where).containsExactlyInAnyOrderElementsOf(components);
        assertThat(texts(definition.path("required"))).as(where).containsExactlyInAnyOrderElementsOf(required);
    }

    private static String key(RecordComponent component) {
        JsonProperty renamed = component.getAccessor().getAnnotation(JsonProperty.class);
        return renamed == null ? component.getName() : renamed.value();
    }

    private static void assertSameValue(String where, JsonNode definition, Type type) {
        if (type instanceof ParameterizedType generic) {
            boolean list = generic.getRawType() == List.class;
            assertThat(definition.path("type").asText().equals("array"))
                    .as(where)
                    .isEqualTo(list);
            JsonNode inner = list ? SCHEMA.resolve(definition.path("items")) : definition;
            assertSameValue(where + "[]", inner, generic.getActualTypeArguments()[0]);
        } else if (type instanceof Class<?> choice && choice.isSealed() && choice != ZoneId.class) {
            assertSameChoice(where, definition, choice);
        } else if (type instanceof Class<?> constants && constants.isEnum()) {
            assertThat(texts(definition.path("enum"))).as(where).containsExactlyElementsOf(words(constants));
        } else if (type instanceof Class<?> data
                && data.isRecord()
                && data != Setting.class
                && data != DataSize.class) {
            assertSame(where, definition, data, Optional.empty());
        } else {
            assertThat(texts(definition.path("type"))).as(where).contains(wordFor(type));
        }
    }

    private static String wordFor(Type type) {
        if (type == Boolean.class || type == boolean.class) {
            return "boolean";
        }
        return type == int.class ? "integer" : "string";
    }

    private static void assertSameChoice(String where, JsonNode definition, Class<?> choice) {
        String discriminator = choice.getAnnotation(JsonTypeInfo.class).property();
        JsonSubTypes.Type[] types = choice.getAnnotation(JsonSubTypes.class).value();
        List<String> names = Arrays.stream(types).map(JsonSubTypes.Type::name).toList();
        assertThat(texts(definition.path("properties").path(discriminator).path("enum")))
                .as(where)
                .containsExactlyElementsOf(names);
        assertThat(definition.path("allOf")).as(where).hasSize(names.size());
        for (int i = 0; i < types.length; i++) {
            JsonNode branch = definition.path("allOf").path(i);
            assertThat(branch.path("if")
                            .path("properties")
                            .path(discriminator)
                            .path("const")
                            .asText())
                    .isEqualTo(names.get(i));
            assertSame(
                    where + "(" + names.get(i) + ")",
                    SCHEMA.resolve(branch.path("then")),
                    types[i].value(),
                    Optional.of(discriminator));
        }
    }

    private static List<String> words(Class<?> constants) {
        return Arrays.stream(constants.getFields())
                .map(field -> field.getAnnotation(JsonProperty.class).value())
                .toList();
    }

    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node.isTextual()) {
            texts.add(node.asText());
        }
        node.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    /** The paths of all keys the schema allows, without the numbers of list items. */
    private static void keys(JsonNode schema, String path, Set<String> found) {
        JsonNode definition = SCHEMA.resolve(schema);
        for (String key : RunbookSchema.keys(definition)) {
            found.add(path + "/" + key);
            keys(definition.path("properties").path(key), path + "/" + key, found);
        }
        if (definition.has("items")) {
            keys(definition.path("items"), path, found);
        }
        definition.path("allOf").forEach(branch -> keys(branch.path("then"), path, found));
    }

    private static Set<String> keysOf(JsonNode json) {
        Set<String> found = new TreeSet<>();
        collect(json, "", found);
        return found;
    }

    private static void collect(JsonNode json, String path, Set<String> found) {
        json.properties().forEach(entry -> {
            found.add(path + "/" + entry.getKey());
            collect(entry.getValue(), path + "/" + entry.getKey(), found);
        });
        if (json.isArray()) {
            json.forEach(item -> collect(item, path, found));
        }
    }
}
