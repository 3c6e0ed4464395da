package io.lifeboat.activity.database.postgresql;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The configuration of a sandbox's server. It is written anew and replaces the source's, which may name production's hosts,
 * commands that production runs, libraries that are not here, and more memory than there is.
 */
final class SandboxSettings {
    /** The server reads its configuration before it knows any zone's name, be it Z. */
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSSx", Locale.ROOT);

    private SandboxSettings() {}

    /** What keeps it apart from production; asked of the server again once it runs. */
    static Map<String, String> isolation(InetSocketAddress listen, Path data) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("data_directory", data.toString());
        settings.put("listen_addresses", listen.getAddress().getHostAddress());
        settings.put("port", Integer.toString(listen.getPort()));
        settings.put("unix_socket_directories", "");
        settings.put("archive_mode", "off");
        settings.put("archive_cleanup_command", "");
        settings.put("recovery_end_command", "");
        settings.put("primary_conninfo", "");
        settings.put("primary_slot_name", "");
        settings.put("max_wal_senders", "0");
        // A subscription of production's would take the place of the one it is a copy of.
        settings.put("max_logical_replication_workers", "0");
        settings.put("synchronous_standby_names", "");
        // Nothing of production's schedulers: pg_cron would run production's jobs.
        settings.put("shared_preload_libraries", "");
        settings.put("session_preload_libraries", "");
        settings.put("local_preload_libraries", "");
        settings.put("cluster_name", "lifeboat-sandbox");
        return settings;
    }

    /** What a recovery needs: the source's own settings, the log, and where it ends. */
    static Map<String, String> recovery(Map<String, String> source, RecoveryTarget target, OptionalLong timeline) {
        Map<String, String> settings = new LinkedHashMap<>(source);
        settings.put("max_replication_slots", "1000"); // as many as the source's, which cannot be told
        settings.put("restore_command", SegmentFeed.RESTORE_COMMAND);
        settings.putAll(end(target));
        settings.put("recovery_target_action", "promote");
        settings.put("recovery_target_timeline", timeline.isPresent() ? "" + timeline.getAsLong() : "latest");
        // A standby's checks of the source's settings end a recovery that would do without them.
        settings.put("hot_standby", "off");
        return settings;
    }

    /**
     * postgresql.conf.
     *
     * @param more what this one needs beside; empty for one that is made anew
     */
    static String configuration(InetSocketAddress listen, Path data, Map<String, String> more) {
        Map<String, String> settings = isolation(listen, data);
        settings.remove("data_directory"); // comes as an argument
        settings.putAll(more);
        settings.put("archive_command", ""); // asked for, it says "(disabled)"
        settings.put("wal_level", "minimal");
        settings.put("ssl", "off");
        settings.put("fsync", "off");
        settings.put("full_page_writes", "off");
        settings.put("synchronous_commit", "off");
        settings.put("autovacuum", "off");
        settings.put("max_wal_size", "4GB");
        settings.put("wal_init_zero", "off");
        settings.put("wal_recycle", "off");
        // In the folder, so that nothing stays behind in the machine's memory.
        settings.put("dynamic_shared_memory_type", "mmap");
        settings.put("logging_collector", "off");
        settings.put("log_destination", "stderr");
        settings.put("log_line_prefix", "%m ");
        settings.put("log_timezone", "UTC");
        settings.put("timezone", "UTC");
        settings.put("lc_messages", "C");
        // Statements hold the sandbox's own password.
        settings.put("log_statement", "none");
        settings.put("log_min_error_statement", "panic");
        settings.put("password_encryption", "scram-sha-256");
        StringBuilder text = new StringBuilder("# Written by Lifeboat for a throw-away copy.\n");
        settings.forEach((name, value) -> text.append(name)
                .append(" = '")
                .append(value.replace("\\", "\\\\").replace("'", "''"))
                .append("'\n"));
        return text.toString();
    }

    /** pg_hba.conf: one role, from this machine. */
    static String access(String role) {
        return """
                # Written by Lifeboat for a throw-away copy.
                host all "%1$s" 127.0.0.0/8 scram-sha-256
                host all "%1$s" ::1/128 scram-sha-256
                """.formatted(role);
    }

    private static Map<String, String> end(RecoveryTarget target) {
        return switch (target) {
            case RecoveryTarget.Time wanted ->
                Map.of(
                        "recovery_target_time", TIMESTAMP.format(wanted.time().atOffset(ZoneOffset.UTC)),
                        "recovery_target_inclusive", onOff(wanted.inclusive()));
            case RecoveryTarget.Position wanted ->
                Map.of(
                        "recovery_target_lsn", wanted.lsn().toString(),
                        "recovery_target_inclusive", onOff(wanted.inclusive()));
            case RecoveryTarget.Name wanted -> Map.of("recovery_target_name", wanted.name());
            case RecoveryTarget.Immediate immediate -> Map.of("recovery_target", "immediate");
            case RecoveryTarget.EndOfArchive end -> Map.of();
        };
    }

    private static String onOff(boolean on) {
        return on ? "on" : "off";
    }
}
