package io.lifeboat.activity.failover;

import io.lifeboat.activity.database.DatabaseLook;
import io.lifeboat.activity.database.Databases;
import io.lifeboat.activity.epoch.EpochLedger;
import io.lifeboat.activity.epoch.EpochLedger.Residence;
import io.lifeboat.activity.kubernetes.Clusters;
import io.lifeboat.activity.site.Settings;
import io.lifeboat.activity.verification.HttpProbe;
import io.lifeboat.runbook.Datastore;
import io.lifeboat.runbook.Runbook;
import io.lifeboat.runbook.SmokeTest;
import io.lifeboat.runbook.Traffic;
import io.lifeboat.runbook.Workload;
import io.lifeboat.workflow.failover.Assessment;
import io.lifeboat.workflow.failover.Assessment.DatabaseRole;
import io.lifeboat.workflow.failover.Assessment.DatabaseView;
import io.lifeboat.workflow.failover.Assessment.RegionView;
import io.lifeboat.workflow.failover.AssessmentActivities;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Looks at both regions at once. */
public final class DefaultAssessmentActivities implements AssessmentActivities {
    private static final Duration LOOK = Duration.ofSeconds(2);

    private final EpochLedger ledger;
    private final Databases databases;
    private final Clusters clusters;
    private final Settings settings;

    public DefaultAssessmentActivities(EpochLedger ledger, Databases databases, Clusters clusters, Settings settings) {
        this.ledger = ledger;
        this.databases = databases;
        this.clusters = clusters;
        this.settings = settings;
    }

    @Override
    public Assessment assess(Runbook runbook) {
        try (ExecutorService looks = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<RegionView>> regions = List.of(
                    looks.submit(() -> region(runbook, runbook.regions().primary(), looks)),
                    looks.submit(() -> region(runbook, runbook.regions().standby(), looks)));
            Optional<Residence> residence = ledger.residence(runbook.ledger(), runbook.service());
            return new Assessment(
                    residence
                            .map(Residence::activeRegion)
                            .orElse(runbook.regions().primary()),
                    residence.map(Residence::epoch).orElse(0L),
                    regions.stream().map(DefaultAssessmentActivities::await).toList());
        }
    }

    private RegionView region(Runbook runbook, String region, ExecutorService looks) {
        Future<Boolean> service = looks.submit(() -> answers(runbook, region));
        Future<String> kubernetes = looks.submit(() -> kubernetes(runbook, region));
        List<Future<DatabaseView>> views = runbook.datastores().stream()
                .map(datastore -> looks.submit(() -> database(datastore, region)))
                .toList();
        return new RegionView(
                region,
                await(service),
                await(kubernetes),
                views.stream().map(DefaultAssessmentActivities::await).toList());
    }

    private boolean answers(Runbook runbook, String region) {
        Traffic.Endpoint endpoint = runbook.traffic().in(region);
        return runbook.smokeTests().stream()
                .filter(SmokeTest.Http.class::isInstance)
                .map(SmokeTest.Http.class::cast)
                .findFirst()
                .map(question -> new HttpProbe(runbook.traffic().record(), question)
                        .ask(settings.resolve(endpoint.address()), Integer.parseInt(settings.resolve(endpoint.port())))
                        .good())
                .orElse(false);
    }

    private String kubernetes(Runbook runbook, String region) {
        try {
            String namespace = runbook.workloads().stream()
                    .map(Workload::namespace)
                    .findFirst()
                    .orElse("default");
            return "answers, Deployments " + clusters.in(region).deployments(namespace);
        } catch (ApplicationFailure silent) {
            return silent.getOriginalMessage();
        }
    }

    private DatabaseView database(Datastore datastore, String region) {
        if (datastore.in(region).isEmpty()) {
            return new DatabaseView(datastore.name(), DatabaseRole.UNREACHABLE, "the runbook has no instance there");
        }
        DatabaseLook look = databases.engine(datastore).look(databases.instance(datastore, region), LOOK);
        DatabaseRole role = switch (look) {
            case DatabaseLook.Primary primary -> DatabaseRole.PRIMARY;
            case DatabaseLook.Standby standby -> DatabaseRole.STANDBY;
            case DatabaseLook.Unreachable unreachable -> DatabaseRole.UNREACHABLE;
        };
        return new DatabaseView(datastore.name(), role, look.detail());
    }

    private static <T> T await(Future<T> look) {
        try {
            return look.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException ours) {
                throw ours;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
