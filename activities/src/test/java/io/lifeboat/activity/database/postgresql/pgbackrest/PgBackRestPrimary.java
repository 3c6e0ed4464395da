package io.lifeboat.activity.database.postgresql.pgbackrest;

import static io.lifeboat.activity.database.PostgresPair.EAST;
import static io.lifeboat.activity.database.PostgresPair.WEST;
import static org.junit.jupiter.api.Assumptions.abort;

import io.lifeboat.activity.backup.BackupChain;
import io.lifeboat.activity.backup.BackupChains;
import io.lifeboat.activity.backup.BackupOrder;
import io.lifeboat.activity.backup.BackupPlace;
import io.lifeboat.activity.database.DatabaseInstance;
import io.lifeboat.activity.database.Databases;
import io.lifeboat.activity.database.Deadline;
import io.lifeboat.activity.database.PostgresPair;
import io.lifeboat.activity.database.PostgresTool;
import io.lifeboat.activity.encryption.age.AgeEncryption;
import io.lifeboat.activity.encryption.age.AgeKeys;
import io.lifeboat.activity.manifest.EnvelopeSeal;
import io.lifeboat.activity.manifest.Manifest;
import io.lifeboat.activity.storage.LargeObjectsInMemory;
import io.lifeboat.runbook.BackupPolicy;
import io.lifeboat.runbook.Datastore;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A real PostgreSQL 15 whose log pgBackRest archives, with a repository in a folder, as a production site would have it. */
final class PgBackRestPrimary implements AutoCloseable {
    static final String STANZA = "orders";
    static final String PASSPHRASE = "c4nary-of-the-repository";
    static final int MAJOR = 15;

    private static final BackupPlace PLACE = new BackupPlace(WEST, "backups", "orders", "orders-db");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SERVER_USER = "nobody";

    private final Path folder = enterableFolder();
    private final PostgresPair pair;
    private final LargeObjectsInMemory store = new LargeObjectsInMemory(PLACE.bucket());
    private final BackupChains chains;
    private final BackupChain chain;
    private final PgBackRest repository;

    private PgBackRestPrimary() throws Exception {
        pair = PostgresPair.primaryOnly(
                PostgresTool.debian(MAJOR),
                Map.of(
                        "archive_mode", "on",
                        "unix_socket_directories", folder.toString(),
                        "allow_in_place_tablespaces", "on"));
        chains = chains();
        chain = chains.of("critical", bytes -> {});
        repository = new PgBackRest(stanza(configuration("pgbackrest.conf", PASSPHRASE)), Optional.empty(), runAs());
    }

    /** Starts it; a test without pgBackRest or PostgreSQL 15 is skipped with a sentence. */
    static PgBackRestPrimary start() throws Exception {
        if (Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .noneMatch(place -> Files.isExecutable(Path.of(place, "pgbackrest")))) {
            abort("Skipped: pgBackRest is absent. Debian has it as pgbackrest.");
        }
        PgBackRestPrimary primary = new PgBackRestPrimary();
        try {
            primary.prepare();
            return primary;
        } catch (Exception e) { // whatever it was: no server is left behind, and the test hears of it
            primary.close();
            throw e;
        }
    }

    private void prepare() throws Exception {
        letIn();
        run("stanza-create");
        // Not before: after a failure the server waits a minute.
        execute(
                "ALTER SYSTEM SET archive_command = 'pgbackrest --config=" + folder.resolve("pgbackrest.conf")
                        + " --stanza=" + STANZA + " archive-push %p'",
                "SELECT pg_reload_conf()");
    }

    PgBackRest repository() {
        return repository;
    }

    /** The same repository, opened with another passphrase. */
    PgBackRest withPassphrase(String passphrase) throws IOException {
        return new PgBackRest(stanza(configuration("other.conf", passphrase)), Optional.empty(), runAs());
    }

    Stanza stanza() {
        return stanza(folder.resolve("pgbackrest.conf"));
    }

    DatabaseInstance instance() {
        return pair.instance(EAST);
    }

    /** A file or folder of the repository. */
    Path stored(String path) {
        return folder.resolve("repository").resolve(path);
    }

    /** A folder of the server's user. */
    Path folder(String name) throws IOException {
        return own(Files.createDirectory(folder.resolve(name)));
    }

    Databases databases() {
        return pair.databases();
    }

    BackupChains backupChains() {
        return chains;
    }

    /** What is in the bucket that holds the proofs. */
    LargeObjectsInMemory bucket() {
        return store;
    }

    /** The datastore, backed up by these policies. */
    Datastore datastore(BackupPolicy... policies) {
        Datastore bare = pair.datastore(PATIENCE);
        return new Datastore(bare.name(), bare.kind(), bare.instances(), bare.maxLag(), List.of(policies));
    }

    /** Takes a backup through the chain. */
    Manifest take(String id, BackupType type) {
        return chain.take(
                repository.taker(id, Rhythm.always(type), bytes -> {}),
                instance(),
                BackupOrder.of(PLACE, id, Instant.parse("2099-01-01T00:00:00Z")));
    }

    /** Opens a backup, as a restore would. */
    <T> T open(String id, BackupChain.Reading<T> reading) {
        return chain.open(PLACE, id, reading);
    }

    void execute(String... statements) throws SQLException {
        try (Connection admin = pair.administrator(EAST, "orders")) {
            for (String statement : statements) {
                pair.execute(admin, statement);
            }
        }
    }

    String ask(String query) throws SQLException {
        try (Connection admin = pair.administrator(EAST, "orders");
                Statement statement = admin.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** The user that servers run as where the tests run as root. */
    static Optional<String> runAs() {
        return System.getProperty("user.name").equals("root") ? Optional.of(SERVER_USER) : Optional.empty();
    }

    @Override
    public void close() throws IOException {
        pair.close();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static Stanza stanza(Path config) {
        return new Stanza(STANZA, 1, Optional.of(config));
    }

    private Path configuration(String name, String passphrase) throws IOException {
        Path config = folder.resolve(name);
        Files.deleteIfExists(config);
        Files.createFile(config, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(
                    config, """
                    [global]
                    repo1-path=%1$s/repository
                    repo1-cipher-type=aes-256-cbc
                    repo1-cipher-pass=%2$s
                    compress-type=zst
                    compress-level=1
                    lock-path=%1$s/lock
                    log-path=%1$s
                    log-level-file=off
                    [%3$s]
                    pg1-path=%4$s
                    pg1-socket-path=%1$s
                    pg1-port=%5$s
                    pg1-user=postgres
                    """.formatted(folder, passphrase, STANZA, ask("SHOW data_directory"), ask("SHOW port")));
        } catch (SQLException e) {
            throw new IOException(e);
        }
        return own(config);
    }

    /** pgBackRest comes by the socket, as the server's user. */
    private void letIn() throws Exception {
        Path access = Path.of(ask("SHOW hba_file"));
        Files.writeString(access, "local all postgres trust\n" + Files.readString(access));
        execute("SELECT pg_reload_conf()");
    }

    private void run(String command) throws IOException {
        repository.program().ask("prepare", Deadline.in(PATIENCE), command);
    }

    private static Path own(Path path) throws IOException {
        if (runAs().isPresent()) {
            Files.setOwner(
                    path, path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(SERVER_USER));
        }
        return path;
    }

    private static Path enterableFolder() {
        try {
            Path made = Files.createTempDirectory("lifeboat-pgbackrest-");
            Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxr-xr-x"));
            return own(made);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private BackupChains chains() throws Exception {
        AgeKeys key = AgeKeys.generate();
        KeyPair signing = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        return new BackupChains(
                region -> store,
                dataClass -> new AgeEncryption(Map.of("us-west-2", key.recipient()), List.of(key.identity())),
                () -> new EnvelopeSeal("2026", signing.getPrivate(), Map.of("2026", signing.getPublic())),
                Clock.systemUTC());
    }
}
