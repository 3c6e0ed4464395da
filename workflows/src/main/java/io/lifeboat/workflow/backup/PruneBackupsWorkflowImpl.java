package io.lifeboat.workflow.backup;

import io.lifeboat.runbook.BackupPolicy;
import io.lifeboat.runbook.BucketPlace;
import io.lifeboat.runbook.Datastore;
import io.lifeboat.runbook.Runbook;
import io.lifeboat.workflow.SearchAttributes;
import io.lifeboat.workflow.guard.ServiceGuard;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Holds the guard of the service's backups while it removes something, so that nothing is being written meanwhile. */
public final class PruneBackupsWorkflowImpl implements PruneBackupsWorkflow {
    @Override
    public Pruned prune(BackupRequest given) {
        BackupRequest request = BackupRequests.orEmpty(given);
        String service = BackupRequests.service(request, "prune backups");
        Workflow.upsertTypedSearchAttributes(
                SearchAttributes.SERVICE.valueSet(service), SearchAttributes.PROCEDURE.valueSet(TYPE));
        boolean planOnly = request.planOnly().orElse(false);
        if (planOnly) {
            return pruned(service, request, true);
        }
        ServiceGuard guard = BackupPorts.guard(service, TYPE);
        guard.awaitHeld();
        try {
            return pruned(service, request, false);
        } finally {
            guard.release();
        }
    }

    private static Pruned pruned(String service, BackupRequest request, boolean planOnly) {
        Runbook runbook = BackupPorts.runbook(service);
        Instant now = Instant.ofEpochMilli(Workflow.currentTimeMillis());
        List<RetentionReceipt> places = new ArrayList<>();
        for (Datastore datastore : BackupSelection.datastores(runbook, BackupRequests.text(request.datastore()))) {
            for (BackupPolicy policy : datastore.backups()) {
                for (BucketPlace place : policy.places()) {
                    places.add(prune(
                            "Prune " + datastore.name() + " " + policy.name() + " in " + place.region(),
                            new BackupActivities.Pruning(service, datastore.name(), policy, place, now, planOnly)));
                }
            }
        }
        return new Pruned(service, planOnly, places);
    }

    private static RetentionReceipt prune(String summary, BackupActivities.Pruning pruning) {
        return BackupPorts.answered(() -> BackupPorts.look(summary).prune(pruning));
    }
}
