package io.lifeboat.activity.wal;

import static io.lifeboat.activity.database.PostgresPair.EAST;
import static org.assertj.core.api.Assertions.assertThat;

import io.lifeboat.activity.backup.BackupChain;
import io.lifeboat.activity.backup.BackupChains;
import io.lifeboat.activity.backup.BackupOrder;
import io.lifeboat.activity.backup.BackupPlace;
import io.lifeboat.activity.database.Eventually;
import io.lifeboat.activity.database.Lsn;
import io.lifeboat.activity.database.PostgresPair;
import io.lifeboat.activity.database.PostgresTool;
import io.lifeboat.activity.database.postgresql.PostgresBaseBackup;
import io.lifeboat.activity.database.postgresql.PostgresLogicalBackup;
import io.lifeboat.activity.database.postgresql.PostgresSandbox;
import io.lifeboat.activity.database.postgresql.PostgresWalServer;
import io.lifeboat.activity.database.postgresql.pgbackrest.PgBackRestEngine;
import io.lifeboat.activity.encryption.age.AgeEncryption;
import io.lifeboat.activity.encryption.age.AgeKeys;
import io.lifeboat.activity.manifest.EnvelopeSeal;
import io.lifeboat.activity.restore.DefaultRestoreActivities;
import io.lifeboat.activity.restore.IsolatedInstances;
import io.lifeboat.activity.storage.LargeObjects;
import io.lifeboat.activity.storage.LargeObjectsInMemory;
import io.lifeboat.activity.wal.WalStatus.Phase;
import io.lifeboat.runbook.BackupPolicy;
import io.lifeboat.runbook.BackupPolicy.Method;
import io.lifeboat.runbook.BucketPlace;
import io.lifeboat.runbook.Datastore;
import io.lifeboat.runbook.Keep;
import io.lifeboat.runbook.LogArchive;
import io.lifeboat.workflow.restore.ChosenBackup;
import io.lifeboat.workflow.restore.MarkReceipt;
import io.lifeboat.workflow.restore.RecoveryReceipt;
import io.lifeboat.workflow.restore.RestoreActivities.Archived;
import io.lifeboat.workflow.restore.RestoreActivities.Choosing;
import io.lifeboat.workflow.restore.RestoreActivities.Marking;
import io.lifeboat.workflow.restore.RestoreActivities.Recovering;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A datastore goes back to a moment although the first place of its backups, and of its log, is gone. */
class LostFirstPlaceIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String BUCKET = "backups";
    private static final String ID = "20261121T020000Z-base";
    private static final AgeKeys KEYS = AgeKeys.generate();
    private static final BackupPolicy POLICY = new BackupPolicy(
            "base",
            Method.BASEBACKUP,
            Duration.ofDays(7),
            "critical",
            new BucketPlace("first", BUCKET),
            List.of(new BucketPlace("second", BUCKET)),
            new Keep(0, 0, 5, 0, 0),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(new LogArchive(Duration.ofMillis(200))),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    @TempDir
    private Path root;

    private final ObjectsThatFail first = new ObjectsThatFail(new LargeObjectsInMemory(BUCKET));
    private final LargeObjectsInMemory second = new LargeObjectsInMemory(BUCKET);
    private final BackupChains chains = chains();
    private final WalArchives archives = new WalArchives(chains);

    @Test
    void baseBackupAndLogAreReadFromTheSecond() throws Exception {
        try (PostgresPair pair = PostgresPair.primaryOnly()) {
            Datastore datastore = pair.datastore(PATIENCE);
            DefaultRestoreActivities restores = restores(pair);
            MarkReceipt mark = received(pair, () -> {
                takeAndCopy(pair);
                return restores.mark(new Marking(datastore, "pitr/orders/1", Optional.empty()));
            });

            first.failAfter(0);
            restores.awaitArchived(new Archived(
                    "orders",
                    "orders-db",
                    POLICY,
                    mark.systemIdentifier(),
                    mark.timeline(),
                    mark.position(),
                    mark.segment()));
            ChosenBackup chosen = restores.choose(
                    new Choosing("orders", datastore, POLICY, Optional.empty(), Optional.of(mark.target()), 0));
            RecoveryReceipt recovered = restores.recover(
                    new Recovering("orders", datastore, POLICY, chosen, "pitr/orders/1", Optional.of(mark), List.of()));

            assertThat(chosen.region()).isEqualTo("second");
            assertThat(recovered.checks())
                    .hasSize(3)
                    .allSatisfy(
                            check -> assertThat(check.passed()).as(check.name()).isTrue());
        }
    }

    private interface Work {
        MarkReceipt run() throws Exception;
    }

    /** Does something while the log is received and copied, until both places have the log of it. */
    private MarkReceipt received(PostgresPair pair, Work work) throws Exception {
        List<WalCopier> copiers = archives.copiers("orders", "orders-db", POLICY);
        try (WalReceiver receiver = new WalReceiver(
                "orders",
                "orders-db",
                () -> pair.instance(EAST),
                new PostgresWalServer(),
                archives.receiving("orders", "orders-db", POLICY, copiers),
                Duration.ofMillis(200))) {
            receiver.start();
            copiers.forEach(copier -> copier.start(() -> receiver.status().phase() == Phase.RECEIVING));
            Eventually.holds(PATIENCE, () -> receiver.status().phase() == Phase.RECEIVING);
            MarkReceipt mark = work.run();
            WalArchive copy = archives.everywhere("orders", "orders-db", POLICY).getLast();
            Eventually.holds(
                    PATIENCE,
                    () -> copy.timelines(mark.systemIdentifier()).stream()
                            .anyMatch(kept -> kept.position().compareTo(Lsn.parse(mark.position())) >= 0));
            return mark;
        } finally {
            copiers.forEach(WalCopier::close);
        }
    }

    private void takeAndCopy(PostgresPair pair) {
        BackupChain chain = chains.of("critical", bytes -> {});
        BackupPlace from = new BackupPlace("first", BUCKET, "orders", "orders-db");
        chain.take(
                new PostgresBaseBackup(Optional.of(PostgresTool.programs())),
                pair.instance(EAST),
                BackupOrder.of(from, ID, Instant.parse("2099-01-01T00:00:00Z")));
        chain.copy(from, new BackupPlace("second", BUCKET, "orders", "orders-db"), ID, Optional.empty());
    }

    private DefaultRestoreActivities restores(PostgresPair pair) throws Exception {
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx--x--x"));
        PostgresSandbox sandbox = new PostgresSandbox(
                Optional.of(PostgresTool.programs()),
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

    private BackupChains chains() {
        KeyPair signing = WalFixture.signingKeys();
        return new BackupChains(
                this::store,
                dataClass -> new AgeEncryption(Map.of("escrow", KEYS.recipient()), List.of(KEYS.identity())),
                () -> new EnvelopeSeal("2026", signing.getPrivate(), Map.of("2026", signing.getPublic())),
                Clock.systemUTC());
    }

    private LargeObjects store(String region) {
        return region.equals("first") ? first : second;
    }
}
