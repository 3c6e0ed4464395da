package io.lifeboat.worker;

import io.lifeboat.activity.database.DatabaseEngine;
import io.lifeboat.activity.database.DatabaseException;
import io.lifeboat.activity.database.DatabaseInstance;
import io.lifeboat.activity.database.Databases;
import io.lifeboat.activity.dns.DnsZones;
import io.lifeboat.activity.dns.Resolver;
import io.lifeboat.activity.kubernetes.ClusterClient;
import io.lifeboat.activity.kubernetes.Clusters;
import io.lifeboat.activity.pulse.ObjectStorePulseStore;
import io.lifeboat.activity.storage.ObjectStores;
import io.lifeboat.runbook.Datastore;
import io.lifeboat.runbook.Runbook;
import io.lifeboat.runbook.SmokeTest;
import io.lifeboat.runbook.Traffic;
import io.lifeboat.runbook.Workload;
import io.lifeboat.workflow.failover.AssessmentActivities;
import io.lifeboat.workflow.runbook.RunbookActivities;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Asks every system of a service what a failover would ask of it, and changes nothing. */
@Component
class ServiceLook {
    private static final Duration BOUND = Duration.ofSeconds(2);

    private final RunbookActivities runbooks;
    private final AssessmentActivities assessment;
    private final Clusters clusters;
    private final Databases databases;
    private final ObjectStores stores;
    private final DnsZones zones;

    ServiceLook(
            RunbookActivities runbooks,
            AssessmentActivities assessment,
            Clusters clusters,
            Databases databases,
            ObjectStores stores,
            DnsZones zones) {
        this.runbooks = runbooks;
        this.assessment = assessment;
        this.clusters = clusters;
        this.databases = databases;
        this.stores = stores;
        this.zones = zones;
    }

    /** What does not answer, a sentence each. */
    List<String> at(Runbook runbook) {
        List<String> silent = new ArrayList<>();
        attempt(silent, () -> runbooks.load(runbook.service()));
        attempt(silent, () -> assessment.assess(runbook));
        String standby = runbook.otherRegion(runbook.regions().primary());
        runbook.workloads().forEach(workload -> attempt(silent, () -> find(workload, standby)));
        runbook.datastores().forEach(datastore -> attempt(silent, () -> ask(runbook, datastore, standby)));
        attempt(silent, () -> resolve(runbook.traffic()));
        return silent;
    }

    private void find(Workload workload, String region) {
        ClusterClient cluster = clusters.in(region);
        boolean found = switch (workload) {
            case Workload.Deployment d ->
                cluster.deployment(d.namespace(), d.name()).isPresent();
            case Workload.CronJob c -> cluster.cronJob(c.namespace(), c.name()).isPresent();
        };
        if (!found) {
            throw new IllegalStateException("Cannot find \"" + workload.namespace() + "/" + workload.name() + "\" in "
                    + region + ": a failover to there would not know what to start. Create it with no replicas.");
        }
    }

    private void ask(Runbook runbook, Datastore datastore, String region) {
        DatabaseEngine engine = databases.engine(datastore);
        DatabaseInstance instance = databases.instance(datastore, region);
        engine.epoch(instance, runbook.service(), BOUND);
        new ObjectStorePulseStore(
                        stores.in(runbook.ledger().region()), runbook.ledger().bucket())
                .load(runbook.service(), datastore.name())
                .forEach(pulse -> engine.markers(instance, pulse.pulse(), pulse.highest(), BOUND));
        runbook.smokeTests().stream()
                .filter(SmokeTest.Sql.class::isInstance)
                .map(SmokeTest.Sql.class::cast)
                .filter(test -> test.datastore().equals(datastore.name()))
                .forEach(test -> engine.scalar(instance, test.query(), BOUND));
    }

    private void resolve(Traffic traffic) {
        zones.zone(traffic.zone()).read(traffic.record());
        for (String server : zones.nameservers(traffic.zone())) {
            try {
                new Resolver(server).addresses(traffic.record());
            } catch (IOException e) {
                throw new IllegalStateException("DNS server " + server + " does not answer for " + traffic.record()
                        + ": a failover could not see its change arrive.");
            }
        }
    }

    private static void attempt(List<String> silent, Runnable look) {
        try {
            look.run();
        } catch (ApplicationFailure failure) {
            silent.add(failure.getOriginalMessage());
        } catch (DatabaseException | IllegalStateException failure) {
            silent.add(String.valueOf(failure.getMessage()));
        }
    }
}
