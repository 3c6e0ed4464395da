package io.lifeboat.activity.database;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.lifeboat.activity.database.postgresql.PostgresEngine;
import io.lifeboat.activity.site.Settings;
import io.lifeboat.runbook.Datastore;
import io.lifeboat.runbook.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** A real primary in {@code east} and a streaming standby in {@code west}, with the roles of a production site. */
public final class PostgresPair implements AutoCloseable {
    public static final String EAST = "east";
    public static final String WEST = "west";

    /** Needs percent-encoding and must never be seen anywhere. */
    public static final String CANARY = "c4nary/p@ss:w%rd?&=";

    private static final String ROLE = "lifeboat";
    private static final String ADMINISTRATOR = "postgres";
    private static final int NOBODY = 65_534;

    private final Path programs = PostgresTool.programs();
    private final Path folder;
    private final Map<String, Integer> ports = new HashMap<>();
    private final Map<String, Process> servers = new HashMap<>();

    private PostgresPair(Path folder) {
        this.folder = folder;
    }

    /** Starts both; a test without PostgreSQL is skipped with a sentence. */
    public static PostgresPair start() {
        PostgresPair pair = primaryOnly();
        try {
            pair.cloneStandby();
            return pair;
        } catch (IOException e) {
            pair.close();
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the primary alone. */
    public static PostgresPair primaryOnly() {
        try {
            PostgresPair pair = new PostgresPair(Files.createTempDirectory("lifeboat-postgres-"));
            pair.giveToServer(pair.folder);
            pair.initialize();
            return pair;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The datastore as a runbook would describe it. */
    public Datastore datastore(Duration maxLag) {
        return new Datastore(
                "orders-db",
                Datastore.Kind.POSTGRESQL,
                List.of(
                        new Datastore.Instance(EAST, new Setting("env:DB_EAST")),
                        new Datastore.Instance(WEST, new Setting("env:DB_WEST"))),
                maxLag,
                Optional.empty());
    }

    public Databases databases() {
        return new Databases(
                new Settings(name -> uri(name.equals("DB_EAST") ? EAST : WEST)),
                Map.of(Datastore.Kind.POSTGRESQL, new PostgresEngine()));
    }

    public DatabaseInstance instance(String region) {
        return new DatabaseInstance("orders-db", region, uri(region));
    }

    /** The URI of the service's role, which is no superuser. */
    public String uri(String region) {
        int port = ports.getOrDefault(region, 1);
        return "postgresql://" + ROLE + ":" + URLEncoder.encode(CANARY, StandardCharsets.UTF_8) + "@127.0.0.1:" + port
                + "/orders";
    }

    /** A session of the service. */
    public Connection service(String region) throws SQLException {
        return connect(region, "orders", ROLE);
    }

    /** A session of the superuser. */
    public Connection administrator(String region, String database) throws SQLException {
        return connect(region, database, ADMINISTRATOR);
    }

    public void execute(Connection session, String sql) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute(sql);
        }
    }

    /** SIGKILL for every process of a server, as a lost region does it. */
    public void kill(String region) {
        Process server = servers.remove(region);
        if (server != null) {
            List<ProcessHandle> all = new ArrayList<>(server.descendants().toList());
            server.destroyForcibly();
            all.forEach(ProcessHandle::destroyForcibly);
            all.forEach(process -> process.onExit().join());
            server.onExit().join();
        }
    }

    /** Lets the standby receive nothing more, while both servers go on. */
    public void interruptReplication() throws SQLException {
        try (Connection admin = administrator(WEST, ADMINISTRATOR)) {
            execute(admin, "ALTER SYSTEM SET primary_conninfo = ''");
            execute(admin, "SELECT pg_reload_conf()");
        }
        Eventually.holds(Duration.ofSeconds(10), () -> {
            try (Connection admin = administrator(EAST, ADMINISTRATOR);
                    Statement statement = admin.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT count(*) FROM pg_stat_replication")) {
                return rows.next() && rows.getInt(1) == 0;
            }
        });
    }

    /** Starts a killed server again. */
    public void startAgain(String region) throws IOException {
        Files.deleteIfExists(data(region).resolve("postmaster.pid"));
        serve(region);
    }

    @Override
    public void close() {
        List.copyOf(servers.keySet()).forEach(this::kill);
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(PostgresPair::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void initialize() throws IOException {
        Path password = secret("password", CANARY + "\n");
        run(
                "initdb",
                "-D",
                data(EAST).toString(),
                "-U",
                ADMINISTRATOR,
                "-E",
                "UTF8",
                "--locale=C",
                "--no-sync",
                "--auth=scram-sha-256",
                "--pwfile=" + password);
        serve(EAST);
        try (Connection admin = administrator(EAST, ADMINISTRATOR)) {
            execute(admin, "CREATE ROLE " + ROLE + " LOGIN CREATEDB REPLICATION PASSWORD '" + CANARY + "'");
            execute(admin, "GRANT pg_signal_backend, pg_monitor TO " + ROLE);
            execute(admin, "GRANT EXECUTE ON FUNCTION pg_promote(boolean, integer) TO " + ROLE);
            execute(admin, "CREATE DATABASE orders OWNER " + ROLE);
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private void cloneStandby() throws IOException {
        secret("pgpass", "*:*:*:*:" + CANARY.replace("\\", "\\\\").replace(":", "\\:") + "\n");
        run(
                "pg_basebackup",
                "-D",
                data(WEST).toString(),
                "-R",
                "-c",
                "fast",
                "--no-sync",
                "-X",
                "stream",
                "-d",
                "host=127.0.0.1 port=" + ports.get(EAST) + " user=" + ROLE + " dbname=postgres");
        serve(WEST);
    }

    private void serve(String region) throws IOException {
        int port = ports.computeIfAbsent(region, ignored -> freePort());
        List<String> command = asServer("postgres", "-D", data(region).toString());
        Map<String, String> settings = Map.of(
                "listen_addresses",
                "127.0.0.1",
                "port",
                Integer.toString(port),
                "unix_socket_directories",
                "",
                "fsync",
                "off",
                "shared_buffers",
                "16MB",
                "max_prepared_transactions",
                "4",
                "wal_keep_size",
                "64MB",
                "wal_retrieve_retry_interval",
                "200ms");
        settings.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        servers.put(region, start(region + ".log", command));
        Eventually.holds(Duration.ofSeconds(20), () -> {
            try (Connection admin = administrator(region, ADMINISTRATOR)) {
                return admin.isValid(1);
            } catch (SQLException e) {
                return false;
            }
        });
    }

    private void run(String program, String... arguments) throws IOException {
        Process process = start(program + ".log", asServer(program, arguments));
        try {
            if (!process.waitFor(60, SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException(program + " failed: " + Files.readString(folder.resolve(program + ".log")));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private Process start(String log, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(log).toFile());
        builder.environment().put("PGPASSFILE", folder.resolve("pgpass").toString());
        return builder.start();
    }

    private List<String> asServer(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("setpriv", "--reuid", "" + NOBODY, "--regid", "" + NOBODY, "--clear-groups"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private Connection connect(String region, String database, String role) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", role);
        properties.setProperty("password", CANARY);
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "30");
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + ports.get(region) + "/" + database, properties);
    }

    private Path data(String region) {
        return folder.resolve(region);
    }

    private Path secret(String name, String content) throws IOException {
        Path file = Files.writeString(folder.resolve(name), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        giveToServer(file);
        return file;
    }

    private void giveToServer(Path path) throws IOException {
        if (isRoot()) {
            Files.setAttribute(path, "unix:uid", NOBODY);
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
