package io.lifeboat.workflow.backup;

import io.lifeboat.runbook.BucketPlace;
import io.lifeboat.runbook.Runbook;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.SearchAttributes;
import io.lifeboat.workflow.backup.BackupSelection.Selected;
import io.lifeboat.workflow.run.Steps;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;

/** Looks at every place before it judges. */
public final class VerifyBackupWorkflowImpl implements VerifyBackupWorkflow {
    @Override
    public Verified verify(BackupRequest given) {
        BackupRequest request = BackupRequests.orEmpty(given);
        String service = BackupRequests.service(request, "verify a backup");
        Workflow.upsertTypedSearchAttributes(
                SearchAttributes.SERVICE.valueSet(service), SearchAttributes.PROCEDURE.valueSet(TYPE));
        String id = BackupRequests.text(request.id())
                .orElseThrow(() -> FailureType.INVALID_REQUEST.failure("Cannot verify a backup of \"" + service
                        + "\": \"id\" is missing. See what there is with 'lifeboat backups list " + service + "'."));
        Runbook runbook = BackupPorts.runbook(service);
        Selected selected = BackupSelection.policy(runbook, BackupRequests.text(request.datastore()), id);
        return verify(service, selected, id);
    }

    private static Verified verify(String service, Selected selected, String id) {
        String datastore = selected.datastore().name();
        List<VerifyReceipt> whole = new ArrayList<>();
        List<String> broken = new ArrayList<>();
        List<FailureType> types = new ArrayList<>();
        for (BucketPlace place : selected.policy().places()) {
            try {
                whole.add(BackupPorts.transfer("Verify " + id + " in " + place.region())
                        .verify(new BackupActivities.Verifying(service, datastore, selected.policy(), id, place)));
            } catch (ActivityFailure failure) {
                broken.add(Steps.sentence(failure));
                types.add(FailureType.of(failure));
            }
        }
        if (broken.isEmpty()) {
            return new Verified(service, datastore, id, whole);
        }
        FailureType verdict = verdict(types, !whole.isEmpty());
        if (verdict == FailureType.TARGET_NOT_FOUND) {
            broken.addFirst("Cannot verify backup " + id + " of " + service + "/" + datastore
                    + ": no place has it. See what there is with 'lifeboat backups list " + service + "'.");
        }
        whole.forEach(receipt -> broken.add(receipt.sentence()));
        throw verdict.failure(String.join(" ", broken));
    }

    /**
     * A backup that one place has whole and another has not is as bad as a damaged one: the copy cannot be relied on. A place that
     * could not be looked at leaves open whether there is one at all.
     */
    private static FailureType verdict(List<FailureType> seen, boolean wholeSomewhere) {
        if (seen.contains(FailureType.BACKUP_CORRUPT)
                || (wholeSomewhere && seen.contains(FailureType.TARGET_NOT_FOUND))) {
            return FailureType.BACKUP_CORRUPT;
        }
        return seen.stream()
                .filter(type -> type != FailureType.TARGET_NOT_FOUND)
                .findFirst()
                .orElse(FailureType.TARGET_NOT_FOUND);
    }
}
