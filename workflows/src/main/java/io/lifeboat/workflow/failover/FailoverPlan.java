package io.lifeboat.workflow.failover;

import io.lifeboat.workflow.approval.PlanHash;
import io.lifeboat.workflow.runbook.PinnedRunbook;

/**
 * What people agree to: this service, from here to there, by this runbook, after this epoch.
 *
 * @param afterEpoch newest epoch when the plan was made
 */
record FailoverPlan(String service, String mode, String from, String to, String runbookSha256, long afterEpoch) {

    static FailoverPlan of(PinnedRunbook pinned, Assessment assessment, String mode) {
        String from = assessment.activeRegion();
        return new FailoverPlan(
                pinned.runbook().service(),
                mode,
                from,
                pinned.runbook().otherRegion(from),
                pinned.sha256(),
                assessment.epoch());
    }

    String hash() {
        return PlanHash.of(service, mode, from, to, runbookSha256, Long.toString(afterEpoch));
    }
}
