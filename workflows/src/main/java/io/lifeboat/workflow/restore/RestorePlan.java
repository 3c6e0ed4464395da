package io.lifeboat.workflow.restore;

import io.lifeboat.runbook.Datastore;
import io.lifeboat.workflow.approval.PlanHash;
import io.lifeboat.workflow.runbook.PinnedRunbook;

/**
 * What people agree to: this datastore in this region, from this backup, to this moment, by this runbook, after this epoch.
 *
 * @param afterEpoch newest epoch when the plan was made
 */
record RestorePlan(PinnedRunbook pinned, Datastore datastore, String region, RestorePoint point, long afterEpoch) {
    String hash() {
        return PlanHash.of(
                pinned.runbook().service(),
                datastore.name(),
                region,
                point.backup().id(),
                point.moment().toString(),
                pinned.sha256(),
                Long.toString(afterEpoch));
    }

    String sentence() {
        return datastore.name() + " in " + region + " can be brought back to its state of " + point.moment() + ", from "
                + point.backup().id() + (point.proven().isPresent() ? "" : ", which no restore has proven yet")
                + ". What was written after that is not in it; the damaged database is kept.";
    }
}
