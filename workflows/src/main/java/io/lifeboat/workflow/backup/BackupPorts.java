package io.lifeboat.workflow.backup;

import io.lifeboat.runbook.Runbook;
import io.lifeboat.workflow.ActivityDefaults;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.guard.ServiceGuard;
import io.lifeboat.workflow.run.Steps;
import io.lifeboat.workflow.runbook.RunbookActivities;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.function.Supplier;

/** The ports of the procedures on backups, each call with its own summary and time-outs. */
final class BackupPorts {
    /** Reading a runbook, listing a bucket. */
    private static final Duration LOOK = Duration.ofMinutes(2);

    /** The longest dump or copy; a lost worker is noticed by its heartbeat, long before. */
    private static final Duration TRANSFER = Duration.ofHours(12);

    private BackupPorts() {}

    /** The runbook as it is now, or the reason why it cannot be used. */
    static Runbook runbook(String service) {
        RunbookActivities port =
                Workflow.newActivityStub(RunbookActivities.class, ActivityDefaults.bulk("Load the runbook", LOOK));
        return answered(() -> port.load(service)).runbook();
    }

    static BackupActivities look(String summary) {
        return Workflow.newActivityStub(BackupActivities.class, ActivityDefaults.bulk(summary, LOOK));
    }

    static WalActivities log(String summary) {
        return Workflow.newActivityStub(WalActivities.class, ActivityDefaults.bulk(summary, LOOK));
    }

    static BackupActivities transfer(String summary) {
        return Workflow.newActivityStub(BackupActivities.class, ActivityDefaults.bulk(summary, TRANSFER));
    }

    /** The guard of a service's backups: one run takes or removes some at a time, and hinders no failover. */
    static ServiceGuard guard(String service, String procedure) {
        return ServiceGuard.ask(service, procedure, "guard/" + service + "/backup");
    }

    /** Makes the call; a failure says what the activity said, not that an activity failed. */
    static <T> T answered(Supplier<T> call) {
        try {
            return call.get();
        } catch (ActivityFailure failure) {
            if (CancellationScope.current().isCancelRequested()) {
                throw failure;
            }
            throw FailureType.of(failure).failure(Steps.sentence(failure));
        }
    }
}
