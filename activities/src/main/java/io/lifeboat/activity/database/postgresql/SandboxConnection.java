package io.lifeboat.activity.database.postgresql;

import io.lifeboat.activity.database.DatabaseInstance;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How to connect to a sandbox. It is kept in the sandbox's folder, so that no password is passed from step to step. */
record SandboxConnection(String datastore, PostgresUri uri) {
    private static final String FILE = "connection";

    private static final String REGION = "sandbox";

    private static final SecureRandom RANDOM = new SecureRandom();

    /** The name of a role that no database has yet. */
    static String newRole() {
        return "lifeboat_" + random(4);
    }

    /** As that role, by a password of its own. */
    static PostgresUri to(InetSocketAddress listen, String role, String database) {
        return new PostgresUri(
                role, random(24), listen.getAddress().getHostAddress(), listen.getPort(), database, Map.of());
    }

    /** SQL that lets the role in. */
    static String createRole(PostgresUri uri) {
        return "CREATE ROLE \"" + uri.user() + "\" SUPERUSER LOGIN PASSWORD '" + uri.password() + "'";
    }

    static Optional<SandboxConnection> read(Path folder) throws IOException {
        try {
            List<String> lines = Files.readAllLines(folder.resolve(FILE));
            return Optional.of(new SandboxConnection(lines.get(0), PostgresUri.parse(lines.get(1))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Written into the sandbox's folder. */
    DatabaseInstance keptIn(SandboxFolder folder, ServerUser user) throws IOException {
        folder.write(FILE, datastore + "\n" + uri.text() + "\n", user);
        return instance();
    }

    DatabaseInstance instance() {
        return new DatabaseInstance(datastore, REGION, uri.text());
    }

    private static String random(int bytes) {
        byte[] chosen = new byte[bytes];
        RANDOM.nextBytes(chosen);
        return HexFormat.of().formatHex(chosen);
    }
}
