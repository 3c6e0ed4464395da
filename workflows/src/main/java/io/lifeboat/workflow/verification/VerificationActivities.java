package io.lifeboat.workflow.verification;

import io.lifeboat.runbook.Datastore;
import io.lifeboat.runbook.SmokeTest;
import io.lifeboat.runbook.Traffic;
import io.temporal.activity.ActivityInterface;
import java.util.List;

/** Asks a region the runbook's questions, at the region's own endpoint and database, never through the public name. */
@ActivityInterface(namePrefix = "Verification_")
public interface VerificationActivities {
    /** Repeats one test until it passes or its time-out is over, then fails with {@code PRECONDITION_FAILED} saying what was seen last. */
    VerificationReceipt verify(Verification request);

    /** @param publicName sent as the Host header, because an ingress may route by it */
    record Verification(
            SmokeTest test, String region, Traffic.Endpoint endpoint, String publicName, List<Datastore> datastores) {
        public Verification {
            datastores = List.copyOf(datastores);
        }
    }
}
