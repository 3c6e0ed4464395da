package io.lifeboat.workflow.backup;

import io.lifeboat.runbook.Runbook;
import io.lifeboat.workflow.SearchAttributes;
import io.temporal.workflow.Workflow;

/** One look, no steps. */
public final class ListBackupsWorkflowImpl implements ListBackupsWorkflow {
    private static final int LIMIT = 100;

    @Override
    public BackupListing list(BackupRequest given) {
        BackupRequest request = BackupRequests.orEmpty(given);
        String service = BackupRequests.service(request, "list backups");
        Workflow.upsertTypedSearchAttributes(
                SearchAttributes.SERVICE.valueSet(service), SearchAttributes.PROCEDURE.valueSet(TYPE));
        Runbook runbook = BackupPorts.runbook(service);
        BackupActivities.Listing listing = new BackupActivities.Listing(
                service,
                BackupSelection.datastores(runbook, BackupRequests.text(request.datastore())),
                request.limit().orElse(LIMIT));
        return BackupPorts.answered(
                () -> BackupPorts.look("List the backups of " + service).list(listing));
    }
}
