package io.lifeboat.activity.database;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The data folder of a primary that never ran: made once a JVM, because making it costs a second of a core. */
final class PreparedPrimary {
    /** By the folder of the programs. */
    private static final Map<Path, Path> PREPARED = new HashMap<>();

    private PreparedPrimary() {}

    /** Copies it, owners and permissions included, to a folder that does not exist yet. */
    static void copyTo(Path target, Path programs) throws IOException {
        Path source = prepared(programs);
        try (Stream<Path> all = Files.walk(source)) {
            all.forEach(path -> copy(path, target.resolve(source.relativize(path))));
        }
    }

    private static synchronized Path prepared(Path folder) throws IOException {
        Path ready = PREPARED.get(folder);
        if (ready == null) {
            PostgresPrograms programs = new PostgresPrograms(folder);
            Runtime.getRuntime().addShutdownHook(new Thread(programs::deleteFolder));
            ready = prepare(programs);
            PREPARED.put(folder, ready);
        }
        return ready;
    }

    private static Path prepare(PostgresPrograms programs) throws IOException {
        Path data = programs.folder().resolve("data");
        programs.run(
                "initdb",
                "-D",
                data.toString(),
                "-U",
                PostgresPair.ADMINISTRATOR,
                "-E",
                "UTF8",
                "--locale=C",
                "--no-sync",
                // The smallest there is: tests that end a segment have it written by the server, zeros and all.
                "--wal-segsize=1",
                "--auth=scram-sha-256",
                "--pwfile=" + programs.secret("password", PostgresPair.CANARY + "\n"));
        String role = PostgresPair.ROLE;
        List<String> statements = List.of(
                "CREATE ROLE " + role + " LOGIN CREATEDB REPLICATION PASSWORD '" + PostgresPair.CANARY + "'",
                "GRANT pg_signal_backend, pg_monitor TO " + role,
                "GRANT EXECUTE ON FUNCTION pg_promote(boolean, integer) TO " + role,
                "CREATE DATABASE orders OWNER " + role);
        // The single-user server takes one statement a line and needs no port.
        programs.runOn(
                programs.secret("roles.sql", String.join("\n", statements) + "\n"),
                "postgres",
                "--single",
                "-D",
                data.toString(),
                "-c",
                "fsync=off",
                "-c",
                "exit_on_error=on",
                "postgres");
        return data;
    }

    private static void copy(Path from, Path to) {
        try {
            Files.copy(from, to, COPY_ATTRIBUTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
