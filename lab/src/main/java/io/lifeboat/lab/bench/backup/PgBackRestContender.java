package io.lifeboat.lab.bench.backup;

import io.lifeboat.lab.process.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * pgBackRest, which keeps its backup in a folder of the local disk or in the bucket, and restores into a cluster of its own. A cluster
 * archives into one of the two at a time.
 */
final class PgBackRestContender extends ScriptContender {
    /** Below which it keeps everything in the bucket. */
    private static final String IN_BUCKET = "pgbackrest/";

    /** Where the backups are. */
    enum Repository {
        LOCAL("pgbackrest"),
        BUCKET("pgbackrest-s3");

        private final String contender;

        Repository(String contender) {
            this.contender = contender;
        }
    }

    private final Repository repository;
    private final BenchStore store;
    private final Path local;
    private final int copyPort;

    PgBackRestContender(
            Repository repository, Path scripts, Cluster source, BenchStore store, Path work, BenchKeys keys)
            throws IOException {
        super(repository.contender, scripts.resolve("pgbackrest.sh"), source, store, work, keys);
        this.repository = repository;
        this.store = store;
        Path home = work.resolve(repository.contender);
        this.local = home.resolve("repository");
        try (Ports ports = new Ports()) {
            copyPort = ports.block(1, "127.0.0.1");
        }
        set("HOME_FOLDER", home.toString());
        set("REPOSITORY", repository.name().toLowerCase(Locale.ROOT));
        set("TLS_ADDRESS", store.tlsAddress());
        set("TLS_PORT", Integer.toString(store.tlsPort()));
        set("COPY_PORT", Integer.toString(copyPort));
    }

    @Override
    public long storedBytes() throws IOException {
        if (repository == Repository.BUCKET) {
            return store.storedBytes(IN_BUCKET + "backup/");
        }
        try (Stream<Path> files = Files.walk(local.resolve("backup"))) {
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
