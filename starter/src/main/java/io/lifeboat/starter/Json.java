package io.lifeboat.starter;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.lifeboat.workflow.WireFormat;
import java.io.UncheckedIOException;

/** Data for programs. */
final class Json {
    private Json() {}

    static void print(Console console, Object value) {
        console.out().println(text(value));
        console.out().flush();
    }

    static String text(Object value) {
        try {
            return WireFormat.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
