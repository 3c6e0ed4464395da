package io.lifeboat.workflow.traffic;

import io.lifeboat.runbook.SmokeTest;
import io.lifeboat.runbook.Traffic;
import io.lifeboat.workflow.epoch.Epoch;
import io.lifeboat.workflow.verification.VerificationReceipt;
import io.temporal.activity.ActivityInterface;
import java.util.List;

/** Moves clients to a region and watches that they are served. */
@ActivityInterface(namePrefix = "Traffic_")
public interface TrafficActivities {
    /**
     * Sets the weights in one atomic change that also compares and sets the epoch, then waits until every authoritative server
     * of the zone answers with the target's address alone. Fails with {@code STALE_EPOCH} when the zone carries a newer epoch.
     */
    TrafficReceipt move(Move request);

    /** Asks the service through its public name for the watch time; fails with {@code UNAVAILABLE} when the answers are not good. Heartbeats. */
    WatchReceipt watch(Watch request);

    /**
     * @param region where all traffic goes
     * @param passed the target's smoke tests; a move to a target that has not passed cannot be asked for
     */
    record Move(Epoch epoch, Traffic traffic, String region, List<VerificationReceipt> passed) {
        public Move {
            passed = List.copyOf(passed);
            if (passed.isEmpty() || passed.stream().anyMatch(p -> !p.region().equals(region))) {
                throw new IllegalArgumentException("traffic moves only to a region that has passed its smoke tests");
            }
        }
    }

    /** @param question the HTTP smoke test that is asked through the public name */
    record Watch(Traffic traffic, String region, SmokeTest.Http question) {}
}
