package io.lifeboat.workflow.backup;

import io.lifeboat.runbook.BackupPolicy;
import io.lifeboat.runbook.Datastore;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.SearchAttributes;
import io.lifeboat.workflow.guard.ServiceGuard;
import io.temporal.workflow.Workflow;
import java.util.Optional;

/** Holds the guard of the service's backups meanwhile: nothing is trimmed or recovered while the log changes its shape. */
public final class AcceptGapWorkflowImpl implements AcceptGapWorkflow {
    private static final String WHAT = "accept a gap";

    @Override
    public GapReceipt accept(BackupRequest given) {
        BackupRequest request = BackupRequests.orEmpty(given);
        String service = BackupRequests.service(request, WHAT);
        String datastore = said(request.datastore(), "datastore", "whose log it is");
        String by = said(request.requestedBy(), "requestedBy", "who accepts it");
        String reason = said(request.reason(), "reason", "why");
        Workflow.upsertTypedSearchAttributes(
                SearchAttributes.SERVICE.valueSet(service), SearchAttributes.PROCEDURE.valueSet(TYPE));
        Datastore found = BackupSelection.datastores(BackupPorts.runbook(service), Optional.of(datastore))
                .getFirst();
        BackupPolicy policy = found.backups().stream()
                .filter(p -> p.archive().isPresent())
                .findFirst()
                .orElseThrow(() -> FailureType.PRECONDITION_FAILED.failure("Cannot " + WHAT + " in the log of \""
                        + datastore + "\": no policy of it in the runbook has an `archive`, so that none is kept."));
        ServiceGuard guard = BackupPorts.guard(service, TYPE);
        guard.awaitHeld();
        try {
            return BackupPorts.answered(() -> BackupPorts.log("Accept the gap in the log of " + datastore)
                    .acceptGap(new WalActivities.AcceptingGap(service, datastore, policy, by, reason)));
        } finally {
            guard.release();
        }
    }

    private static String said(Optional<String> field, String name, String meaning) {
        return BackupRequests.text(field)
                .orElseThrow(() -> FailureType.INVALID_REQUEST.failure("Cannot " + WHAT + ": \"" + name
                        + "\" is missing, " + meaning + ". Start it again with {\"service\":\"orders\","
                        + "\"datastore\":\"orders-db\",\"requestedBy\":\"ana\",\"reason\":\"...\"}."));
    }
}
