package io.lifeboat.activity.database.postgresql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A temporary file that only the worker's user can read; deleted when it is closed. */
record PrivateFile(Path path) implements AutoCloseable {
    static PrivateFile create() throws IOException {
        return new PrivateFile(Files.createTempFile(
                "lifeboat-",
                ".tmp",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))));
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
