package io.lifeboat.workflow.failover;

import io.lifeboat.runbook.Runbook;
import io.temporal.activity.ActivityInterface;

/** Looks at both regions of a service without changing anything. */
@ActivityInterface(namePrefix = "Assessment_")
public interface AssessmentActivities {
    /**
     * Looks at everything at once, each look bounded to two seconds, so that a dead region costs two seconds and not a sum. What
     * does not answer is part of the result, not a failure; only a ledger that cannot be read fails, with {@code UNAVAILABLE}.
     */
    Assessment assess(Runbook runbook);
}
