package io.lifeboat.worker;

import io.lifeboat.activity.database.Databases;
import io.lifeboat.activity.database.postgresql.PostgresEngine;
import io.lifeboat.activity.dns.DnsZones;
import io.lifeboat.activity.dns.route53.Route53DnsZones;
import io.lifeboat.activity.epoch.EpochLedger;
import io.lifeboat.activity.kubernetes.Clusters;
import io.lifeboat.activity.kubernetes.fabric8.Fabric8Clusters;
import io.lifeboat.activity.pulse.MarkerPulse;
import io.lifeboat.activity.pulse.ObjectStorePulseStore;
import io.lifeboat.activity.site.Settings;
import io.lifeboat.activity.storage.ObjectStores;
import io.lifeboat.activity.storage.s3.S3ObjectStores;
import io.lifeboat.runbook.Datastore;
import io.lifeboat.runbook.RunbookCatalog;
import io.lifeboat.runbook.RunbookDocument;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How this worker reaches the world. */
@Configuration(proxyBeanMethods = false)
class SiteConfiguration {
    @Bean
    Settings settings() {
        return Settings.ofProcess();
    }

    @Bean
    S3ObjectStores objectStores(WorkerProperties properties, Settings settings) {
        return new S3ObjectStores(properties.site(), settings);
    }

    @Bean
    EpochLedger epochLedger(ObjectStores stores) {
        return new EpochLedger(stores);
    }

    @Bean
    Databases databases(Settings settings) {
        return new Databases(settings, Map.of(Datastore.Kind.POSTGRESQL, new PostgresEngine()));
    }

    @Bean
    Clusters clusters(WorkerProperties properties, Settings settings) {
        return new Fabric8Clusters(properties.site(), settings);
    }

    @Bean
    DnsZones dnsZones(WorkerProperties properties, Settings settings) {
        return new Route53DnsZones(properties.site().route53(), settings);
    }

    /** The pulse runs in every worker, so that lost writes can be counted whoever was there. */
    @Bean(initMethod = "start", destroyMethod = "close")
    MarkerPulse markerPulse(WorkerProperties properties, Databases databases, ObjectStores stores) {
        return new MarkerPulse(
                properties.name(),
                RunbookCatalog.read(properties.runbooks()).documents().stream()
                        .map(RunbookDocument::runbook)
                        .toList(),
                databases,
                kept -> new ObjectStorePulseStore(stores.in(kept.region()), kept.bucket()));
    }
}
