package io.lifeboat.lab;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Reads and writes the lab's own JSON files. */
public final class LabFiles {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private LabFiles() {}

    /** Reads a {@code lab.json}. */
    public static LabState readState(Path file) {
        return read(file, LabState.class);
    }

    static <T> T read(Path file, Class<T> type) {
        try {
            return JSON.readValue(file.toFile(), type);
        } catch (IOException e) {
            throw LabException.failed(
                    "Cannot read " + file + ": " + e.getMessage() + ". Run `lifeboat lab up` to replace a broken lab.",
                    e);
        }
    }

    /** Writes the whole file or nothing, readable by its owner only. */
    static void write(Path file, Object content) {
        writeText(file, json(content));
    }

    static void writeText(Path file, String content) {
        try {
            Path draft = Files.createTempFile(
                    file.resolveSibling(""),
                    ".draft-",
                    "",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(draft, content);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw LabException.failed("Cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    static String json(Object content) {
        try {
            return JSON.writeValueAsString(content) + "\n";
        } catch (IOException e) {
            throw new IllegalStateException("a lab's records are always JSON", e);
        }
    }
}
