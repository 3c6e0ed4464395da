package io.lifeboat.workflow.restore;

import io.lifeboat.runbook.Runbook;
import io.lifeboat.workflow.ActivityDefaults;
import io.lifeboat.workflow.FailureType;
import io.lifeboat.workflow.run.Step;
import io.lifeboat.workflow.run.Steps;
import io.lifeboat.workflow.runbook.RunbookActivities;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;

/** The ports of the restore tests, each call with its own summary and time-outs. */
final class RestorePorts {
    private static final Duration LOOK = Duration.ofMinutes(2);

    /** Longer than any segment may wait to be shipped. */
    private static final Duration ARCHIVE = Duration.ofMinutes(15);

    /** The longest restore; a lost worker is noticed by its heartbeat, long before. */
    private static final Duration RESTORE = Duration.ofHours(12);

    private RestorePorts() {}

    static Runbook runbook(String service) {
        try {
            return Workflow.newActivityStub(RunbookActivities.class, ActivityDefaults.bulk("Load the runbook", LOOK))
                    .load(service)
                    .runbook();
        } catch (ActivityFailure failure) {
            throw FailureType.of(failure).failure(Steps.sentence(failure));
        }
    }

    static RestoreActivities look(Step step, List<Step> all) {
        return port(step, all, LOOK);
    }

    static RestoreActivities archive(Step step, List<Step> all) {
        return port(step, all, ARCHIVE);
    }

    static RestoreActivities restore(Step step, List<Step> all) {
        return port(step, all, RESTORE);
    }

    private static RestoreActivities port(Step step, List<Step> all, Duration attempt) {
        return Workflow.newActivityStub(
                RestoreActivities.class,
                ActivityDefaults.bulk(step.number() + "/" + all.size() + " " + step.name(), attempt));
    }
}
