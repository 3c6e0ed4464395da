package io.lifeboat.worker;

import io.lifeboat.activity.backup.BackupCatalog;
import io.lifeboat.activity.backup.BackupChains;
import io.lifeboat.activity.encryption.DatedKeys;
import io.lifeboat.activity.encryption.KeyAges;
import io.lifeboat.activity.encryption.kms.KmsClients;
import io.lifeboat.activity.metric.BackupWatch;
import io.lifeboat.activity.metric.KeyAgeWatch;
import io.lifeboat.activity.storage.s3.S3ObjectStores;
import io.lifeboat.activity.wal.WalCatalog;
import io.lifeboat.activity.wal.WalReceivers;
import io.lifeboat.runbook.RunbookCatalog;
import io.lifeboat.runbook.RunbookDocument;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The metrics that are Lifeboat's own, for {@code /actuator/prometheus}; docs/metrics.md lists them. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "management.prometheus.metrics.export.enabled", matchIfMissing = true)
class MetricConfiguration {
    @Bean(initMethod = "start", destroyMethod = "close")
    BackupWatch backupWatch(WorkerProperties properties, S3ObjectStores stores, BackupChains chains) {
        return new BackupWatch(
                () -> RunbookCatalog.read(properties.runbooks()).documents().stream()
                        .map(RunbookDocument::runbook)
                        .toList(),
                new BackupCatalog(stores::large),
                new WalCatalog(stores::large, chains::seal),
                Clock.systemUTC(),
                properties.metrics().every());
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    KeyAgeWatch keyAgeWatch(BackupKeys keys, KmsClients clients, WorkerProperties properties) {
        Map<String, KeyAges> ages = new HashMap<>(keys.ages(clients));
        signing(properties).ifPresent(dated -> ages.put("signing", dated));
        return new KeyAgeWatch(ages, Duration.ofHours(1), Duration.ofMinutes(1));
    }

    /** The key that signs the manifests of all data classes, where its owner has dated it. */
    private static Optional<KeyAges> signing(WorkerProperties properties) {
        return Optional.ofNullable(properties.backups())
                .map(WorkerProperties.Backups::signing)
                .flatMap(signing -> Optional.ofNullable(signing.since())
                        .map(since -> new DatedKeys(Map.of(signing.keyId(), since))));
    }

    @Bean
    BackupMetrics backupMetrics(
            BackupWatch watch,
            WalReceivers receivers,
            KeyAgeWatch keys,
            PrometheusRegistry registry,
            WorkerProperties properties) {
        BackupMetrics metrics = new BackupMetrics(
                watch::figures,
                receivers::slots,
                keys::figures,
                properties.metrics().storageLimits());
        registry.register(metrics);
        return metrics;
    }
}
