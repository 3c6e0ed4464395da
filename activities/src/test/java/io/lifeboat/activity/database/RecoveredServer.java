package io.lifeboat.activity.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** A base backup without any log, made by PostgreSQL's own tool, that is recovered from a folder of log files. */
public final class RecoveredServer implements AutoCloseable {
    private final PostgresPrograms programs;
    private final String address = LoopbackAddress.next();
    private @Nullable Process server;
    private int port;

    private RecoveredServer(PostgresPrograms programs) {
        this.programs = programs;
    }

    /** Takes the base backup. */
    public static RecoveredServer of(PostgresPair pair, String region) throws IOException {
        RecoveredServer recovered = new RecoveredServer(new PostgresPrograms(PostgresTool.programs()));
        recovered.programs.run(
                "pg_basebackup",
                "-D",
                recovered.data().toString(),
                "-c",
                "fast",
                "--no-sync",
                "-X",
                "none",
                "-d",
                pair.uri(region));
        return recovered;
    }

    /** The folder to put the log files into. */
    public Path logFiles() throws IOException {
        Path folder = Files.createDirectories(programs.folder().resolve("log"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        return folder;
    }

    /** Recovers to the end of the newest timeline in the folder and waits until it is a primary. */
    public void recover() throws IOException {
        Files.writeString(
                data().resolve("postgresql.auto.conf"),
                "restore_command = 'cp " + logFiles() + "/%f %p'\nrecovery_target_timeline = 'latest'\n",
                StandardOpenOption.APPEND);
        Files.writeString(data().resolve("recovery.signal"), "");
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(address))) {
            port = socket.getLocalPort();
        }
        server = programs.start(
                "recovered",
                "postgres",
                List.of(
                        "-D", data().toString(),
                        "-c", "listen_addresses=" + address,
                        "-c", "port=" + port,
                        "-c", "unix_socket_directories=",
                        "-c", "fsync=off",
                        "-c", "shared_buffers=16MB",
                        "-c", "dynamic_shared_memory_type=mmap",
                        "-c", "max_prepared_transactions=4"));
        Eventually.holds(Duration.ofSeconds(30), () -> {
            try {
                return one("SELECT NOT pg_is_in_recovery()").equals("t");
            } catch (SQLException e) {
                return false;
            }
        });
    }

    /** The first column of the first row. */
    public String one(String query) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", PostgresPair.ADMINISTRATOR);
        properties.setProperty("password", PostgresPair.CANARY);
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "30");
        try (Connection session = DriverManager.getConnection(
                        "jdbc:postgresql://" + address + ":" + port + "/orders", properties);
                Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Override
    public void close() {
        Process running = server;
        if (running != null) {
            programs.kill(running, data());
        }
        programs.deleteFolder();
    }

    private Path data() {
        return programs.folder().resolve("copy");
    }
}
