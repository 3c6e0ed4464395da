package io.lifeboat.workflow.restore;

import io.lifeboat.workflow.run.RunPhase;
import io.lifeboat.workflow.run.Verdict;
import java.time.Instant;

/**
 * How a restore test ended that proved its backup. One that did not ends as a failure.
 *
 * @param target the moment that was gone back to
 */
public record RestoreResult(
        String service,
        String datastore,
        RunPhase phase,
        Verdict verdict,
        String headline,
        Instant target,
        RecoveryReceipt recovery) {}
