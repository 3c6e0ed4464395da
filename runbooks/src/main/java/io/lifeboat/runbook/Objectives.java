package io.lifeboat.runbook;

import java.time.Duration;
import java.util.Optional;

/**
 * What the service has promised.
 *
 * @param rto the longest time from the impact to the client's first good answer
 * @param rpo the longest stretch of acknowledged writes that may be missing afterwards
 * @param restore the promise where data was corrupted and comes from a backup; absent where it is the same
 */
public record Objectives(Duration rto, Duration rpo, Optional<Restore> restore) {

    /** The same two figures for a restore from a backup. */
    public record Restore(Duration rto, Duration rpo) {}

    /** What is promised of a restore. */
    public Objectives ofRestore() {
        return restore.map(r -> new Objectives(r.rto(), r.rpo(), Optional.empty()))
                .orElse(this);
    }
}
