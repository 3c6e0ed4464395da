package io.lifeboat.activity.runbook;

import io.lifeboat.runbook.InvalidRunbookException;
import io.lifeboat.runbook.RunbookCatalog;
import io.lifeboat.runbook.RunbookFile;
import io.lifeboat.runbook.UnknownServiceException;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.runbook.PinnedRunbook;
import io.lifeboat.workflow.runbook.RunbookActivities;
import java.nio.file.Path;

/** Reads the worker's catalog anew at every call, so that a corrected runbook needs no restart. */
public final class DefaultRunbookActivities implements RunbookActivities {
    private final Path catalog;

    public DefaultRunbookActivities(Path catalog) {
        this.catalog = catalog;
    }

    @Override
    public PinnedRunbook load(String service) {
        try {
            RunbookFile file = RunbookCatalog.read(catalog).get(service);
            return new PinnedRunbook(file.runbook(), file.path().toString(), file.sha256());
        } catch (UnknownServiceException unknown) {
            throw FailureType.TARGET_NOT_FOUND.failure(String.valueOf(unknown.getMessage()));
        } catch (InvalidRunbookException invalid) {
            throw FailureType.INVALID_RUNBOOK.failure(String.valueOf(invalid.getMessage()));
        }
    }
}
