package io.lifeboat.lab.postgres;

import io.lifeboat.lab.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** The files of a cluster that the lab writes itself. */
final class DataFolder {

    private static final String SETTINGS = "lifeboat.conf";

    private final PostgresSite site;
    private final ServerUser user;

    DataFolder(PostgresSite site, ServerUser user) {
        this.site = site;
        this.user = user;
    }

    Path writePassword(String password) {
        return write(password(), password + "\n");
    }

    void removePassword() {
        try {
            Files.delete(password());
        } catch (IOException e) {
            throw LabException.failed("Cannot remove " + password() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Written anew for each cluster; a standby's copy of its primary's would name the wrong address.
     *
     * @param durable whether it waits for the disk. Not while it is being set up: a cluster that a power cut ends then is
     *     made anew anyway
     */
    void writeSettings(boolean durable) {
        // Shared memory in files below the data, so that a killed cluster leaves none behind in /dev/shm.
        write(site.data().resolve(SETTINGS), """
                listen_addresses = '%s'
                port = %d
                unix_socket_directories = ''
                cluster_name = '%s'
                max_connections = 100
                shared_buffers = 32MB
                dynamic_shared_memory_type = mmap
                jit = off
                fsync = %s
                wal_level = replica
                wal_log_hints = on
                max_wal_senders = 10
                max_replication_slots = 10
                max_slot_wal_keep_size = 1GB
                wal_keep_size = 64MB
                synchronous_standby_names = ''
                hot_standby = on
                hot_standby_feedback = on
                wal_receiver_status_interval = 1s
                wal_retrieve_retry_interval = 500ms
                password_encryption = scram-sha-256
                logging_collector = off
                log_line_prefix = '%%m [%%p] %%q%%u@%%d '
                """.formatted(
                        site.address(), site.port(), site.name(), durable ? "on" : "off"));
        try {
            Path main = site.data().resolve("postgresql.conf");
            String include = "include = '" + SETTINGS + "'";
            if (!Files.readString(main).contains(include)) {
                Files.writeString(main, "\n" + include + "\n", StandardOpenOption.APPEND);
            }
        } catch (IOException e) {
            throw LabException.failed("Cannot configure PostgreSQL in " + site.name() + ": " + e.getMessage(), e);
        }
    }

    /** Passwords for everyone, from this machine only. */
    void writeAccess() {
        write(site.data().resolve("pg_hba.conf"), """
                # type  database     user  address      method
                host    all          all   127.0.0.0/8  scram-sha-256
                host    replication  all   127.0.0.0/8  scram-sha-256
                """);
    }

    private Path password() {
        return site.folder().resolve("initdb.password");
    }

    private Path write(Path file, String text) {
        try {
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, text);
            user.own(file);
            return file;
        } catch (IOException e) {
            throw LabException.failed("Cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
