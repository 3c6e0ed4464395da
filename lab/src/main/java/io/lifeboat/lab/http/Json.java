package io.lifeboat.lab.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * JSON to and from records, with the streaming part of Jackson only. Its data binding would cost 0.4 s of processor time
 * when a process starts, and the orders service starts while its customers wait.
 */
public final class Json {

    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    /**
     * Reads a document.
     *
     * @param type a record, or what {@link JsonBinding} can put into one
     * @throws IOException when it is no JSON or does not fit the type; the message says where and why
     */
    public static <T> T read(String document, Class<T> type) throws IOException {
        try (JsonParser parser = FACTORY.createParser(document)) {
            if (parser.nextToken() == null) {
                throw new IOException("there is no JSON at all");
            }
            Object tree = tree(parser);
            if (parser.nextToken() != null) {
                throw new IOException("there is more than one JSON value");
            }
            if (tree == null) {
                throw new IOException("it is null");
            }
            return type.cast(Objects.requireNonNull(JsonBinding.bind("it", tree, type)));
        }
    }

    /** Reads a file. */
    public static <T> T read(Path file, Class<T> type) throws IOException {
        return read(Files.readString(file), type);
    }

    /** Writes a tree of records, maps, lists, numbers, booleans and nulls; all else by its {@code toString}. */
    public static String write(Object value) {
        StringWriter document = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(document)) {
            write(generator, value);
        } catch (IOException e) {
            throw new IllegalArgumentException("Cannot write as JSON: " + value, e);
        }
        return document.toString();
    }

    private static @Nullable Object tree(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
                throw new IOException("unexpected " + parser.currentToken());
        };
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            fields.put(name, tree(parser));
        }
        return fields;
    }

    private static List<@Nullable Object> array(JsonParser parser) throws IOException {
        List<@Nullable Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(tree(parser));
        }
        return elements;
    }

    private static void write(JsonGenerator generator, @Nullable Object value) throws IOException {
        switch (value) {
            case null -> generator.writeNull();
            case Integer number -> generator.writeNumber(number);
            case Long number -> generator.writeNumber(number);
            case Double number -> generator.writeNumber(number);
            case Boolean claim -> generator.writeBoolean(claim);
            case Map<?, ?> map -> {
                generator.writeStartObject();
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    generator.writeFieldName(String.valueOf(entry.getKey()));
                    write(generator, entry.getValue());
                }
                generator.writeEndObject();
            }
            case Iterable<?> elements -> {
                generator.writeStartArray();
                for (Object element : elements) {
                    write(generator, element);
                }
                generator.writeEndArray();
            }
            case Record fields -> {
                generator.writeStartObject();
                for (RecordComponent component : fields.getClass().getRecordComponents()) {
                    generator.writeFieldName(component.getName());
                    write(generator, JsonBinding.value(fields, component));
                }
                generator.writeEndObject();
            }
            default -> generator.writeString(value.toString());
        }
    }
}
