package io.lifeboat.worker;

import io.lifeboat.activity.backup.BackupChains;
import io.lifeboat.activity.backup.BackupEngines;
import io.lifeboat.activity.backup.DefaultBackupActivities;
import io.lifeboat.activity.database.Databases;
import io.lifeboat.activity.database.postgresql.PostgresBaseBackup;
import io.lifeboat.activity.database.postgresql.PostgresLogicalBackup;
import io.lifeboat.activity.database.postgresql.PostgresSandbox;
import io.lifeboat.activity.database.postgresql.PostgresTransfer;
import io.lifeboat.activity.database.postgresql.PostgresWalServer;
import io.lifeboat.activity.database.postgresql.pgbackrest.PgBackRestEngine;
import io.lifeboat.activity.encryption.kms.KmsClients;
import io.lifeboat.activity.epoch.EpochLedger;
import io.lifeboat.activity.manifest.SigningKeys;
import io.lifeboat.activity.pulse.ObjectStorePulseStore;
import io.lifeboat.activity.restore.DefaultReplacementActivities;
import io.lifeboat.activity.restore.DefaultRestoreActivities;
import io.lifeboat.activity.restore.IsolatedInstances;
import io.lifeboat.activity.site.Settings;
import io.lifeboat.activity.storage.ObjectStores;
import io.lifeboat.activity.storage.s3.S3ObjectStores;
import io.lifeboat.activity.wal.DefaultWalActivities;
import io.lifeboat.activity.wal.WalArchives;
import io.lifeboat.activity.wal.WalReceivers;
import io.lifeboat.runbook.BackupPolicy.Method;
import io.lifeboat.runbook.Datastore;
import io.lifeboat.runbook.DumpScope;
import io.lifeboat.runbook.RunbookCatalog;
import io.lifeboat.runbook.RunbookDocument;
import io.lifeboat.runbook.Setting;
import io.lifeboat.worker.WorkerProperties.Backups;
import io.lifeboat.workflow.FailureType;
import io.temporal.activity.Activity;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The keys and engines of the backups. */
@Configuration(proxyBeanMethods = false)
class BackupConfiguration {
    @Bean(destroyMethod = "close")
    KmsClients kmsClients(WorkerProperties properties, Settings settings) {
        return new KmsClients(properties.kms(), settings);
    }

    /** What is wrong with the keys is said at the start, all at once, and not on the night of the first backup. */
    @Bean
    BackupKeys backupKeys(WorkerProperties properties, KmsClients clients, Settings settings) {
        Optional<Backups> backups = Optional.ofNullable(properties.backups());
        KeyFaults faults = new KeyFaults();
        BackupKeys keys = new BackupKeys(backups.map(Backups::keys).orElse(Map.of()), clients, settings, faults);
        backups.map(Backups::signing)
                .ifPresent(signing ->
                        faults.attempt("signing", () -> signing(signing).seal(settings)));
        faults.throwIfAny();
        return keys;
    }

    @Bean
    BackupChains backupChains(S3ObjectStores stores, BackupKeys keys, WorkerProperties properties, Settings settings) {
        Optional<Backups> backups = Optional.ofNullable(properties.backups());
        return new BackupChains(
                stores::large,
                keys,
                () -> backups.map(b -> signing(b.signing()).seal(settings))
                        .orElseThrow(() -> FailureType.PRECONDITION_FAILED.failure(
                                "Cannot work with backups: this worker has no keys for them. Add lifeboat.backups to its"
                                        + " configuration.")),
                Clock.systemUTC());
    }

    @Bean
    PgBackRestEngine pgBackRestEngine(WorkerProperties properties) {
        WorkerProperties.Postgresql postgresql = properties.postgresql();
        return new PgBackRestEngine(
                Optional.ofNullable(postgresql.pgbackrest()), Optional.ofNullable(postgresql.runAs()));
    }

    @Bean
    DefaultBackupActivities backupActivities(
            BackupChains chains, Databases databases, PgBackRestEngine pgBackRest, WorkerProperties properties) {
        Optional<Path> programs = Optional.ofNullable(properties.postgresql().programs());
        return new DefaultBackupActivities(
                chains,
                new BackupEngines(Map.of(
                        Datastore.Kind.POSTGRESQL,
                        Map.of(
                                Method.LOGICAL,
                                assignment -> new PostgresLogicalBackup(
                                        programs, assignment.policy().dump().orElse(DumpScope.WHOLE)),
                                Method.BASEBACKUP,
                                assignment -> new PostgresBaseBackup(programs, assignment),
                                Method.PGBACKREST,
                                pgBackRest))),
                databases,
                bytes -> Activity.getExecutionContext().heartbeat(bytes),
                Clock.systemUTC());
    }

    @Bean
    DefaultWalActivities walActivities(BackupChains chains) {
        return new DefaultWalActivities(new WalArchives(chains), Clock.systemUTC());
    }

    @Bean
    IsolatedInstances isolatedInstances(BackupChains chains, PgBackRestEngine pgBackRest, WorkerProperties properties) {
        WorkerProperties.Postgresql postgresql = properties.postgresql();
        return new IsolatedInstances(
                chains,
                new PostgresSandbox(
                        Optional.ofNullable(postgresql.programs()), Optional.ofNullable(postgresql.runAs())),
                pgBackRest,
                new PostgresLogicalBackup(Optional.ofNullable(postgresql.programs())),
                postgresql.isolated(),
                bytes -> Activity.getExecutionContext().heartbeat(bytes),
                Clock.systemUTC());
    }

    @Bean
    DefaultRestoreActivities restoreActivities(BackupChains chains, Databases databases, IsolatedInstances isolated) {
        return new DefaultRestoreActivities(chains, databases, isolated, Clock.systemUTC());
    }

    @Bean
    DefaultReplacementActivities replacementActivities(
            BackupChains chains,
            Databases databases,
            IsolatedInstances isolated,
            EpochLedger ledger,
            ObjectStores stores,
            WorkerProperties properties) {
        Optional<Path> programs = Optional.ofNullable(properties.postgresql().programs());
        return new DefaultReplacementActivities(
                chains,
                databases,
                isolated,
                new PostgresLogicalBackup(programs),
                new PostgresTransfer(programs),
                ledger,
                kept -> new ObjectStorePulseStore(stores.in(kept.region()), kept.bucket()),
                bytes -> Activity.getExecutionContext().heartbeat(bytes));
    }

    /** The receivers run in every worker; of each datastore's, one works. */
    @Bean(initMethod = "start", destroyMethod = "close")
    WalReceivers walReceivers(BackupChains chains, Databases databases, WorkerProperties properties) {
        return new WalReceivers(
                RunbookCatalog.read(properties.runbooks()).documents().stream()
                        .map(RunbookDocument::runbook)
                        .toList(),
                databases,
                new PostgresWalServer(),
                new WalArchives(chains));
    }

    private static SigningKeys signing(WorkerProperties.Signing signing) {
        return new SigningKeys(signing.keyId(), new Setting(signing.privateKey()), settings(signing.trusted()));
    }

    private static Map<String, Setting> settings(Map<String, String> texts) {
        return texts.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> new Setting(e.getValue())));
    }
}
