package io.lifeboat.activity.database;

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
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;

/** A real primary in {@code east} and a streaming standby in {@code west}, with the roles of a production site. */
public final class PostgresPair implements AutoCloseable {
    public static final String EAST = "east";
    public static final String WEST = "west";

    /** Needs percent-encoding and must never be seen anywhere. */
    public static final String CANARY = "c4nary/p@ss:w%rd?&=";

    public static final String ROLE = "lifeboat";
    static final String ADMINISTRATOR = "postgres";

    private static final AtomicInteger NAMES = new AtomicInteger();

    private final PostgresPrograms programs;
    private final Map<String, String> own;
    /** Its own, because a port is chosen some time before the server takes it. */
    private final String address = LoopbackAddress.next();

    private final Map<String, Integer> ports = new HashMap<>();
    private final Map<String, Process> servers = new HashMap<>();

    private PostgresPair(Path programs, Map<String, String> own) throws IOException {
        this.programs = new PostgresPrograms(programs);
        this.own = own;
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
        return primaryOnly(PostgresTool.programs(), Map.of());
    }

    /**
     * Starts the primary alone.
     *
     * @param programs folder of the programs
     * @param settings beside those that every server of these tests has
     */
    public static PostgresPair primaryOnly(Path programs, Map<String, String> settings) {
        try {
            PostgresPair pair = new PostgresPair(programs, settings);
            PreparedPrimary.copyTo(pair.data(EAST), programs);
            pair.serve(EAST);
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
                List.of());
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
        return "postgresql://" + ROLE + ":" + URLEncoder.encode(CANARY, StandardCharsets.UTF_8) + "@" + address + ":"
                + port + "/orders";
    }

    /** A new empty database of the service's role on the primary. */
    public DatabaseInstance newDatabase() throws SQLException {
        String name = "db" + NAMES.incrementAndGet();
        try (Connection admin = administrator(EAST, ADMINISTRATOR)) {
            execute(admin, "CREATE DATABASE " + name + " OWNER " + ROLE + " TEMPLATE template0");
        }
        return new DatabaseInstance("orders-db", EAST, uri(EAST).replaceFirst("/orders$", "/" + name));
    }

    /** A session of the superuser, in the service's role, in a database that {@link #newDatabase()} made. */
    public Connection session(DatabaseInstance database) throws SQLException {
        String name = database.connection().substring(database.connection().lastIndexOf('/') + 1);
        Connection session = administrator(EAST, name);
        execute(session, "SET ROLE " + ROLE);
        return session;
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
            programs.kill(server, data(region));
        }
    }

    /** Lets a server shut down, as soon as its sessions have ended and its log is where it has to be. */
    public void shutDown(String region) {
        Process server = servers.get(region);
        if (server != null) {
            server.destroy();
            Eventually.holds(Duration.ofSeconds(30), () -> !server.isAlive());
            servers.remove(region);
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
        programs.deleteFolder();
    }

    private void cloneStandby() throws IOException {
        programs.secret("pgpass", "*:*:*:*:" + CANARY.replace("\\", "\\\\").replace(":", "\\:") + "\n");
        programs.run(
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
                "host=" + address + " port=" + ports.get(EAST) + " user=" + ROLE + " dbname=postgres");
        serve(WEST);
    }

    private void serve(String region) throws IOException {
        int port = ports.computeIfAbsent(region, ignored -> freePort());
        List<String> arguments = new ArrayList<>(List.of("-D", data(region).toString()));
        Map<String, String> settings = new HashMap<>(Map.of(
                "listen_addresses",
                address,
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
                "200ms",
                // In the data folder: a server that is killed leaves nothing in the machine's memory.
                "dynamic_shared_memory_type",
                "mmap"));
        settings.putAll(own);
        settings.forEach((name, value) -> arguments.addAll(List.of("-c", name + "=" + value)));
        servers.put(region, programs.start(region, "postgres", arguments));
        Eventually.holds(Duration.ofSeconds(20), () -> {
            try (Connection admin = administrator(region, ADMINISTRATOR)) {
                return admin.isValid(1);
            } catch (SQLException e) {
                return false;
            }
        });
    }

    private Connection connect(String region, String database, String role) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", role);
        properties.setProperty("password", CANARY);
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "30");
        return DriverManager.getConnection(
                "jdbc:postgresql://" + address + ":" + ports.get(region) + "/" + database, properties);
    }

    private Path data(String region) {
        return programs.folder().resolve(region);
    }

    private int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(address))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
