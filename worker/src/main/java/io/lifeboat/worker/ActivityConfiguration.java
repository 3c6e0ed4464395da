package io.lifeboat.worker;

import io.lifeboat.activity.client.DefaultClientActivities;
import io.lifeboat.activity.database.Databases;
import io.lifeboat.activity.dns.DnsZones;
import io.lifeboat.activity.epoch.DefaultEpochActivities;
import io.lifeboat.activity.epoch.EpochLedger;
import io.lifeboat.activity.failover.DefaultAssessmentActivities;
import io.lifeboat.activity.fence.DatabaseFencer;
import io.lifeboat.activity.fence.DefaultFenceActivities;
import io.lifeboat.activity.fence.KubernetesFencer;
import io.lifeboat.activity.fence.PowerFencer;
import io.lifeboat.activity.kubernetes.Clusters;
import io.lifeboat.activity.promotion.DefaultPromotionActivities;
import io.lifeboat.activity.promotion.ObjectStorePromotionIntents;
import io.lifeboat.activity.pulse.ObjectStorePulseStore;
import io.lifeboat.activity.report.DefaultReportActivities;
import io.lifeboat.activity.runbook.DefaultRunbookActivities;
import io.lifeboat.activity.schedule.DefaultScheduleActivities;
import io.lifeboat.activity.site.Settings;
import io.lifeboat.activity.storage.ObjectStores;
import io.lifeboat.activity.traffic.DefaultTrafficActivities;
import io.lifeboat.activity.verification.DefaultVerificationActivities;
import io.lifeboat.activity.workload.DefaultWorkloadActivities;
import io.temporal.client.WorkflowClient;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The activities, by the bean names that {@code application.yaml} gives to the task queues. */
@Configuration(proxyBeanMethods = false)
class ActivityConfiguration {
    @Bean
    DefaultRunbookActivities runbookActivities(WorkerProperties properties) {
        return new DefaultRunbookActivities(properties.runbooks());
    }

    @Bean
    DefaultAssessmentActivities assessmentActivities(
            EpochLedger ledger, Databases databases, Clusters clusters, Settings settings) {
        return new DefaultAssessmentActivities(ledger, databases, clusters, settings);
    }

    @Bean
    DefaultEpochActivities epochActivities(EpochLedger ledger) {
        return new DefaultEpochActivities(ledger);
    }

    @Bean
    DefaultWorkloadActivities workloadActivities(Clusters clusters, EpochLedger ledger) {
        return new DefaultWorkloadActivities(clusters, ledger);
    }

    @Bean
    DefaultFenceActivities fenceActivities(
            Databases databases, Clusters clusters, Settings settings, EpochLedger ledger) {
        return new DefaultFenceActivities(
                new DatabaseFencer(databases, ledger),
                new KubernetesFencer(clusters, ledger),
                new PowerFencer(settings, ledger));
    }

    @Bean
    DefaultPromotionActivities promotionActivities(Databases databases, EpochLedger ledger, ObjectStores stores) {
        return new DefaultPromotionActivities(
                databases,
                ledger,
                new ObjectStorePromotionIntents(stores::in),
                kept -> new ObjectStorePulseStore(stores.in(kept.region()), kept.bucket()));
    }

    @Bean
    DefaultVerificationActivities verificationActivities(Settings settings, Databases databases) {
        return new DefaultVerificationActivities(settings, databases);
    }

    @Bean
    DefaultTrafficActivities trafficActivities(DnsZones zones, Settings settings, EpochLedger ledger) {
        return new DefaultTrafficActivities(zones, settings, ledger);
    }

    @Bean
    DefaultClientActivities clientActivities(Settings settings) {
        return new DefaultClientActivities(settings);
    }

    @Bean
    DefaultScheduleActivities scheduleActivities(ObjectProvider<WorkflowClient> temporal) {
        return new DefaultScheduleActivities(temporal::getObject);
    }

    @Bean
    DefaultReportActivities reportActivities(
            ObjectProvider<WorkflowClient> temporal, ObjectStores stores, WorkerProperties properties) {
        return new DefaultReportActivities(
                temporal::getObject,
                stores,
                Optional.ofNullable(properties.reports().directory()));
    }
}
