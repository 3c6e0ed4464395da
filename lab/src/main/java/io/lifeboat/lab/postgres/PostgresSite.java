package io.lifeboat.lab.postgres;

import java.nio.file.Path;

/**
 * Where one PostgreSQL cluster lives.
 *
 * @param name what people call it; also the standby's replication slot, with underscores
 * @param folder its own folder, which exists; the data goes below it
 * @param log file its output is appended to
 */
public record PostgresSite(String name, Path folder, Path log, String address, int port) {

    Path data() {
        return folder.resolve("data");
    }

    String url(String database) {
        return "jdbc:postgresql://%s:%d/%s".formatted(address, port, database);
    }

    String slot() {
        return name.replace('-', '_');
    }
}
