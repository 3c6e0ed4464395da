package io.lifeboat.activity.database.postgresql;

import io.lifeboat.activity.database.DatabaseInstance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** How to connect to a sandbox. It is kept in the sandbox's folder, so that no password is passed from step to step. */
record SandboxConnection(String datastore, PostgresUri uri) {
    static final String FILE = "connection";

    private static final String REGION = "sandbox";

    static Optional<SandboxConnection> read(Path folder) throws IOException {
        try {
            List<String> lines = Files.readAllLines(folder.resolve(FILE));
            return Optional.of(new SandboxConnection(lines.get(0), PostgresUri.parse(lines.get(1))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    String text() {
        return datastore + "\n" + uri.text() + "\n";
    }

    DatabaseInstance instance() {
        return new DatabaseInstance(datastore, REGION, uri.text());
    }
}
