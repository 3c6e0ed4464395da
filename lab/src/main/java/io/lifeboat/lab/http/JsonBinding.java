package io.lifeboat.lab.http;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was read, as a type: records by the names of their components, lists, enums by name, UUIDs, strings, numbers and
 * booleans. A component that is not there is null, which a primitive cannot be; a field that no component takes is an error.
 */
final class JsonBinding {

    private JsonBinding() {}

    /**
     * Binds a value.
     *
     * @param name how the value is called in a message
     */
    static @Nullable Object bind(String name, @Nullable Object value, Type type) throws IOException {
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            return value == null ? null : elements(name, value, list.getActualTypeArguments()[0]);
        }
        if (!(type instanceof Class<?> target)) {
            throw new IllegalArgumentException("JSON cannot become a " + type);
        }
        if (value == null) {
            if (target.isPrimitive()) {
                throw new IOException(name + " is missing");
            }
            return null;
        }
        return target.isRecord() ? fields(name, value, target) : scalar(name, value, target);
    }

    static @Nullable Object value(Record fields, RecordComponent component) {
        try {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(fields);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("Cannot read " + component + " of " + fields, e);
        }
    }

    private static Object scalar(String name, Object value, Class<?> target) throws IOException {
        if (target == String.class && value instanceof String) {
            return value;
        }
        if ((target == boolean.class || target == Boolean.class) && value instanceof Boolean) {
            return value;
        }
        if ((target == int.class || target == Integer.class) && value instanceof Integer) {
            return value;
        }
        if (target == UUID.class && value instanceof String text) {
            return uuid(name, text);
        }
        if (target.isEnum() && value instanceof String text) {
            return Arrays.stream(target.getEnumConstants())
                    .filter(constant -> ((Enum<?>) constant).name().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new IOException(
                            name + " is \"" + text + "\", not one of " + Arrays.toString(target.getEnumConstants())));
        }
        throw new IOException(name + " is not a " + target.getSimpleName());
    }

    private static UUID uuid(String name, String text) throws IOException {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new IOException(name + " is \"" + text + "\", not a UUID", e);
        }
    }

    private static List<@Nullable Object> elements(String name, Object value, Type type) throws IOException {
        if (!(value instanceof List<?> list)) {
            throw new IOException(name + " is not a list");
        }
        List<@Nullable Object> elements = new ArrayList<>();
        for (Object element : list) {
            elements.add(bind(name + "[" + elements.size() + "]", element, type));
        }
        return elements;
    }

    private static Object fields(String name, Object value, Class<?> type) throws IOException {
        if (!(value instanceof Map<?, ?> map)) {
            throw new IOException(name + " is not an object");
        }
        RecordComponent[] components = type.getRecordComponents();
        for (Object field : map.keySet()) {
            if (Arrays.stream(components)
                    .noneMatch(component -> component.getName().equals(field))) {
                throw new IOException("\"" + field + "\" is unknown");
            }
        }
        @Nullable Object[] arguments = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            String field = components[i].getName();
            arguments[i] = bind("\"" + field + "\"", map.get(field), components[i].getGenericType());
        }
        return construct(name, type, components, arguments);
    }

    private static Object construct(
            String name, Class<?> type, RecordComponent[] components, @Nullable Object[] arguments) throws IOException {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw new IOException(name + " is not complete or not right: " + e.getCause(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("JSON cannot become a " + type, e);
        }
    }
}
