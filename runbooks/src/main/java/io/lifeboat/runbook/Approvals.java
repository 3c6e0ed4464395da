package io.lifeboat.runbook;

import java.time.Duration;

/** Who must agree before a procedure has its first effect. */
public record Approvals(Approval failover) {

    /**
     * @param count how many different people
     * @param expiresAfter how long the run waits for them, and how long an approval stays good
     */
    public record Approval(int count, Duration expiresAfter) {}
}
