package io.lifeboat.runbook;

import java.time.Duration;
import java.util.Optional;

/**
 * Who must agree before a procedure has its first effect.
 *
 * @param restore for a restore over production; absent where the same people decide as on a failover
 */
public record Approvals(Approval failover, Optional<Approval> restore) {

    /**
     * @param count how many different people
     * @param expiresAfter how long the run waits for them, and how long an approval stays good
     */
    public record Approval(int count, Duration expiresAfter) {}

    /** What a restore over production needs. */
    public Approval ofRestore() {
        return restore.orElse(failover);
    }
}
