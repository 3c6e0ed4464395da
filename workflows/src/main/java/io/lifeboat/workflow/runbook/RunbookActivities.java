package io.lifeboat.workflow.runbook;

import io.temporal.activity.ActivityInterface;

/** Reads the runbook of a service as it is now; the result in the history is what the run then follows. */
@ActivityInterface(namePrefix = "Runbook_")
public interface RunbookActivities {
    /** Fails with {@code TARGET_NOT_FOUND} for an unknown service and {@code INVALID_RUNBOOK} with every problem listed. */
    PinnedRunbook load(String service);
}
