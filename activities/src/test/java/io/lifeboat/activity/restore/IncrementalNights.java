package io.lifeboat.activity.restore;

import static io.lifeboat.activity.database.PostgresPair.EAST;

import io.lifeboat.activity.backup.BackupChains;
import io.lifeboat.activity.backup.BackupEngines;
import io.lifeboat.activity.backup.DefaultBackupActivities;
import io.lifeboat.activity.database.Eventually;
import io.lifeboat.activity.database.PostgresPair;
import io.lifeboat.activity.database.PostgresRelease;
import io.lifeboat.activity.database.postgresql.PostgresBaseBackup;
import io.lifeboat.activity.database.postgresql.PostgresLogicalBackup;
import io.lifeboat.activity.database.postgresql.PostgresSandbox;
import io.lifeboat.activity.database.postgresql.PostgresWalServer;
import io.lifeboat.activity.database.postgresql.pgbackrest.PgBackRestEngine;
import io.lifeboat.activity.encryption.age.AgeEncryption;
import io.lifeboat.activity.encryption.age.AgeKeys;
import io.lifeboat.activity.manifest.EnvelopeSeal;
import io.lifeboat.activity.storage.LargeObjectsInMemory;
import io.lifeboat.activity.wal.WalArchives;
import io.lifeboat.activity.wal.WalReceiver;
import io.lifeboat.activity.wal.WalStatus.Phase;
import io.lifeboat.runbook.BackupPolicy;
import io.lifeboat.runbook.BackupPolicy.Method;
import io.lifeboat.runbook.BucketPlace;
import io.lifeboat.runbook.Datastore;
import io.lifeboat.runbook.Increments;
import io.lifeboat.runbook.Keep;
import io.lifeboat.runbook.LogArchive;
import io.lifeboat.workflow.backup.BackupActivities.Copying;
import io.lifeboat.workflow.backup.BackupActivities.Taking;
import io.lifeboat.workflow.backup.BackupActivities.Verifying;
import io.lifeboat.workflow.backup.BackupReceipt;
import io.lifeboat.workflow.backup.VerifyReceipt;
import io.lifeboat.workflow.restore.ChosenBackup;
import io.lifeboat.workflow.restore.RestoreActivities.Choosing;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Nights of a policy that wants a full base backup once a week, of a real server and with its log. */
final class IncrementalNights implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final String BUCKET = "backups";
    static final BucketPlace FIRST = new BucketPlace("first", BUCKET);
    static final BucketPlace SECOND = new BucketPlace("second", BUCKET);
    static final BackupPolicy POLICY = new BackupPolicy(
            "base",
            Method.BASEBACKUP,
            Duration.ofDays(1),
            "critical",
            FIRST,
            List.of(SECOND),
            new Keep(0, 7, 0, 0, 0),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(new LogArchive(Duration.ofMillis(200))),
            Optional.empty(),
            Optional.of(new Increments(Duration.ofDays(7))),
            Optional.empty(),
            Optional.empty());

    private static final Duration SHIP = Duration.ofMillis(200);

    final PostgresPair pair;
    final Datastore datastore;
    final LargeObjectsInMemory first = new LargeObjectsInMemory(BUCKET);
    private final LargeObjectsInMemory second = new LargeObjectsInMemory(BUCKET);
    private final BackupChains chains = chains();
    private final Path programs;
    private final DefaultBackupActivities backups;

    IncrementalNights(PostgresRelease release, PostgresPair pair) {
        this.pair = pair;
        this.programs = release.programs();
        datastore = pair.datastore(PATIENCE);
        backups = new DefaultBackupActivities(
                chains,
                new BackupEngines(Map.of(
                        Datastore.Kind.POSTGRESQL,
                        Map.of(
                                Method.BASEBACKUP,
                                assignment -> new PostgresBaseBackup(Optional.of(programs), assignment)))),
                pair.databases(),
                bytes -> {},
                Clock.systemUTC());
    }

    /** The id of the backup of a night, in November 2026. */
    static String night(int day) {
        return "202611" + day + "T020000Z-base";
    }

    BackupReceipt take(int day) {
        return backups.take(new Taking("orders", datastore, POLICY, night(day)));
    }

    void copy(int day) {
        backups.copy(new Copying("orders", "orders-db", POLICY, night(day), SECOND));
    }

    VerifyReceipt verify(int day, BucketPlace in) {
        return backups.verify(new Verifying("orders", "orders-db", POLICY, night(day), in));
    }

    DefaultRestoreActivities restores(Path root) {
        PostgresSandbox sandbox = new PostgresSandbox(
                Optional.of(programs),
                System.getProperty("user.name").equals("root") ? Optional.of("nobody") : Optional.empty());
        return new DefaultRestoreActivities(
                chains,
                pair.databases(),
                new IsolatedInstances(
                        chains,
                        sandbox,
                        new PgBackRestEngine(Optional.empty(), Optional.empty()),
                        new PostgresLogicalBackup(Optional.empty()),
                        root,
                        bytes -> {},
                        Clock.systemUTC()),
                Clock.systemUTC());
    }

    ChosenBackup chosen(DefaultRestoreActivities restores, int day) {
        return restores.choose(new Choosing("orders", datastore, POLICY, Optional.of(night(day)), Optional.empty(), 0));
    }

    /** Receives the log until it is closed. */
    WalReceiver receiveLog() {
        WalReceiver receiver = new WalReceiver(
                "orders",
                "orders-db",
                () -> pair.instance(EAST),
                new PostgresWalServer(),
                new WalArchives(chains).of("orders", "orders-db", POLICY),
                SHIP);
        receiver.start();
        Eventually.holds(PATIENCE, () -> receiver.status().phase() == Phase.RECEIVING);
        return receiver;
    }

    /** Flips a bit of a part of a night's backup in the first place, or puts back what was there. */
    byte[] spoil(int day) {
        byte[] whole = first.bytes(BUCKET, tar(day));
        byte[] spoiled = whole.clone();
        spoiled[spoiled.length / 2] ^= 4;
        first.overwrite(BUCKET, tar(day), spoiled);
        return whole;
    }

    void mend(int day, byte[] whole) {
        first.overwrite(BUCKET, tar(day), whole);
    }

    private static String tar(int day) {
        return "orders/orders-db/" + night(day) + "/base.tar.zst.age";
    }

    /** By the service, in its own database. */
    void sql(String region, String... statements) throws SQLException {
        try (Connection session = pair.service(region)) {
            for (String statement : statements) {
                pair.execute(session, statement);
            }
        }
    }

    /** By the superuser. */
    void administer(String region, String... statements) throws SQLException {
        try (Connection session = pair.administrator(region, "postgres")) {
            for (String statement : statements) {
                pair.execute(session, statement);
            }
        }
    }

    /** Has the server keep summaries of its log, or keep none, and waits until it knows. */
    void summarize(String region, boolean on) throws SQLException {
        administer(region, "ALTER SYSTEM SET summarize_wal = " + on, "SELECT pg_reload_conf()");
        Eventually.holds(PATIENCE, () -> ask(region, "SHOW summarize_wal").equals(on ? "on" : "off"));
    }

    /** Whether the server has written a summary of its log behind a position. */
    boolean isSummarizedAfter(String lsn) throws SQLException {
        return ask(EAST, "SELECT max(end_lsn) > '" + lsn + "' FROM pg_available_wal_summaries()")
                .equals("t");
    }

    String ask(String region, String query) throws SQLException {
        try (Connection session = pair.administrator(region, "orders");
                Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Override
    public void close() {
        pair.close();
    }

    private BackupChains chains() {
        AgeKeys key = AgeKeys.generate();
        KeyPair signing = signing();
        AgeEncryption encryption = new AgeEncryption(Map.of("escrow", key.recipient()), List.of(key.identity()));
        return new BackupChains(
                region -> region.equals("first") ? first : second,
                dataClass -> encryption,
                () -> new EnvelopeSeal("2026", signing.getPrivate(), Map.of("2026", signing.getPublic())),
                Clock.systemUTC());
    }

    private static KeyPair signing() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
