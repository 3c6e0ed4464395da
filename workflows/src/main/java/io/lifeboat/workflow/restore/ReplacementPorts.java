package io.lifeboat.workflow.restore;

import io.lifeboat.workflow.ActivityDefaults;
import io.lifeboat.workflow.client.ClientActivities;
import io.lifeboat.workflow.epoch.EpochActivities;
import io.lifeboat.workflow.failover.AssessmentActivities;
import io.lifeboat.workflow.fence.FenceActivities;
import io.lifeboat.workflow.run.Step;
import io.lifeboat.workflow.verification.VerificationActivities;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** The ports of a restore over production, each call with its own summary and time-outs. */
final class ReplacementPorts {
    private static final Duration SHORT = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Reading manifests, renaming databases. */
    private static final Duration LOOK = Duration.ofMinutes(2);

    /** Longer than any segment may wait to be shipped. */
    private static final Duration ARCHIVE = Duration.ofMinutes(15);

    /** The longest restore; a lost worker is noticed by its heartbeat, long before. */
    private static final Duration RESTORE = Duration.ofHours(12);

    private final RestoreSteps steps;

    ReplacementPorts(RestoreSteps steps) {
        this.steps = steps;
    }

    AssessmentActivities assessment() {
        return quick(AssessmentActivities.class, steps.summary(steps.assess(), ""), SHORT);
    }

    EpochActivities epoch(Step step) {
        return quick(EpochActivities.class, steps.summary(step, ""), SHORT);
    }

    /** @param driver how long the driver may take */
    FenceActivities fence(String what, Duration driver) {
        return quick(FenceActivities.class, steps.summary(steps.stopWriters(), what), driver.plus(SHORT));
    }

    FenceActivities start(String what) {
        return quick(FenceActivities.class, steps.summary(steps.startWriters(), what), SHORT);
    }

    FenceActivities undoStop(String what) {
        return quick(FenceActivities.class, "Undo: start writers " + what, SHORT);
    }

    ReplacementActivities choose() {
        return quick(ReplacementActivities.class, steps.summary(steps.choose(), ""), LOOK);
    }

    ReplacementActivities exchange() {
        return quick(ReplacementActivities.class, steps.summary(steps.exchange(), ""), LOOK);
    }

    ReplacementActivities undo(String what) {
        return quick(ReplacementActivities.class, "Undo: " + what, LOOK);
    }

    ReplacementActivities build() {
        return Workflow.newActivityStub(
                ReplacementActivities.class, ActivityDefaults.urgentBulk(steps.summary(steps.restore(), ""), RESTORE));
    }

    RestoreActivities mark() {
        return bulk(steps.stopWriters(), "write a marker", LOOK);
    }

    RestoreActivities archive(Step step) {
        return bulk(step, "", ARCHIVE);
    }

    RestoreActivities prove() {
        return bulk(steps.close(), "count the backup as proven", LOOK);
    }

    /** @param test how long the test may be repeated by the runbook */
    VerificationActivities verification(String what, Duration test) {
        return quick(VerificationActivities.class, steps.summary(steps.verify(), what), test.plus(SHORT));
    }

    ClientActivities client() {
        return quick(ClientActivities.class, steps.summary(steps.close(), "read the client's record"), SHORT);
    }

    private RestoreActivities bulk(Step step, String what, Duration attempt) {
        return Workflow.newActivityStub(
                RestoreActivities.class, ActivityDefaults.urgentBulk(steps.summary(step, what), attempt));
    }

    private static <T> T quick(Class<T> type, String summary, Duration attempt) {
        return Workflow.newActivityStub(
                type,
                ActivityDefaults.failover(
                        summary, attempt, attempt.multipliedBy(2).plus(PATIENCE)));
    }
}
