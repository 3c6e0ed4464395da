package io.lifeboat.lab.bench.backup;

import io.lifeboat.lab.process.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** pgBackRest, which keeps its backup in a folder of the local disk and restores into a cluster of its own. */
final class PgBackRestContender extends ScriptContender {
    private final Path repository;
    private final int copyPort;

    PgBackRestContender(Path scripts, Cluster source, BenchStore store, Path work, BenchKeys keys) throws IOException {
        super("pgbackrest", scripts, source, store, work, keys);
        this.repository = work.resolve("pgbackrest/repository");
        try (Ports ports = new Ports()) {
            copyPort = ports.block(1, "127.0.0.1");
        }
        set("COPY_PORT", Integer.toString(copyPort));
    }

    @Override
    public long storedBytes() throws IOException {
        try (Stream<Path> files = Files.walk(repository.resolve("backup"))) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    @Override
    public long restoredRows() {
        return Cluster.rows(source().instance(copyPort, Cluster.DATABASE));
    }

    @Override
    public void tidy() throws IOException {
        run("tidy");
    }
}
