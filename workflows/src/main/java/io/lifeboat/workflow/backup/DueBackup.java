package io.lifeboat.workflow.backup;

import io.lifeboat.runbook.BackupPolicy;
import io.lifeboat.runbook.BucketPlace;
import io.lifeboat.workflow.backup.BackupActivities.Copying;
import io.lifeboat.workflow.backup.BackupActivities.Pruning;
import io.lifeboat.workflow.backup.BackupActivities.Taking;
import io.lifeboat.workflow.backup.BackupActivities.Verifying;
import io.lifeboat.workflow.run.UnattendedRun;
import java.time.Instant;
import java.util.Optional;

/**
 * One due backup: taken, then copied or, where there is no copy, read back; retention comes last and only to a place that has the
 * new one, so that a backup that fails never costs an older one.
 */
final class DueBackup {
    private final String service;
    private final Instant slot;
    private final BackupPlan.Due due;
    private final BackupSteps steps;
    private final UnattendedRun run;

    DueBackup(String service, Instant slot, BackupPlan.Due due, BackupSteps steps, UnattendedRun run) {
        this.service = service;
        this.slot = slot;
        this.due = due;
        this.steps = steps;
        this.run = run;
    }

    /** The receipt; empty when it could not be taken, which the run has noted. */
    Optional<BackupReceipt> carryOut() {
        Optional<BackupReceipt> taken = run.attempt(
                steps.take(due),
                () -> BackupPorts.transfer(steps.summary(steps.take(due)))
                        .take(new Taking(service, due.datastore(), due.policy(), due.id())));
        if (taken.isPresent()) {
            BackupPolicy policy = due.policy();
            boolean whole = policy.copies().isEmpty() ? verify() : copyAll();
            if (whole) {
                prune(policy.in());
            }
        }
        return taken;
    }

    private boolean verify() {
        return run.attempt(
                        steps.verify(due),
                        () -> BackupPorts.transfer(steps.summary(steps.verify(due)))
                                .verify(new Verifying(
                                        service,
                                        due.datastore().name(),
                                        due.policy(),
                                        due.id(),
                                        due.policy().in())))
                .isPresent();
    }

    /** Whether the first place's bytes were found whole at least once. */
    private boolean copyAll() {
        boolean whole = false;
        for (BucketPlace place : due.policy().copies()) {
            if (copy(place)) {
                whole = true;
                prune(place);
            }
        }
        return whole;
    }

    private boolean copy(BucketPlace place) {
        return run.attempt(
                        steps.copy(due, place),
                        () -> BackupPorts.transfer(steps.summary(steps.copy(due, place)))
                                .copy(new Copying(service, due.datastore().name(), due.policy(), due.id(), place)))
                .isPresent();
    }

    private void prune(BucketPlace place) {
        run.attempt(
                steps.prune(due, place),
                () -> BackupPorts.look(steps.summary(steps.prune(due, place)))
                        .prune(new Pruning(service, due.datastore().name(), due.policy(), place, slot, false)));
    }
}
