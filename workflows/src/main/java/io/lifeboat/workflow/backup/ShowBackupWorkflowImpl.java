package io.lifeboat.workflow.backup;

import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.SearchAttributes;
import io.lifeboat.workflow.backup.BackupSelection.Selected;
import io.temporal.workflow.Workflow;

/** One question. */
public final class ShowBackupWorkflowImpl implements ShowBackupWorkflow {
    @Override
    public BackupDetail show(BackupRequest given) {
        BackupRequest request = BackupRequests.orEmpty(given);
        String service = BackupRequests.service(request, "show a backup");
        Workflow.upsertTypedSearchAttributes(
                SearchAttributes.SERVICE.valueSet(service), SearchAttributes.PROCEDURE.valueSet(TYPE));
        String id = BackupRequests.text(request.id())
                .orElseThrow(() -> FailureType.INVALID_REQUEST.failure("Cannot show a backup of \"" + service
                        + "\": \"id\" is missing. See what there is with 'lifeboat backups list " + service + "'."));
        Selected selected =
                BackupSelection.policy(BackupPorts.runbook(service), BackupRequests.text(request.datastore()), id);
        return BackupPorts.answered(() -> BackupPorts.look("Show " + id)
                .show(new BackupActivities.Showing(service, selected.datastore().name(), selected.policy(), id)));
    }
}
