package io.lifeboat.worker;

import io.lifeboat.activity.backup.BackupCatalog;
import io.lifeboat.activity.backup.BackupChains;
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
    KeyAgeWatch keyAgeWatch(BackupKeys keys, KmsClients clients) {
        return new KeyAgeWatch(keys.ages(clients), Duration.ofHours(1), Duration.ofMinutes(1));
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
