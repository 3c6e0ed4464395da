package io.lifeboat.lab.demo;

import static io.temporal.api.enums.v1.PendingActivityState.PENDING_ACTIVITY_STATE_STARTED;

import io.lifeboat.workflow.run.RunStatus;
import io.lifeboat.workflow.run.StepState;
import io.lifeboat.workflow.run.StepStatus;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a run that does not go on is doing: what it says of itself, and what the server is waiting for. */
final class StalledRun {
    private StalledRun() {}

    /**
     * @param status what the run answered last; absent when it did not answer
     * @param pending the activities the server knows of
     */
    static String sentence(Optional<RunStatus> status, List<PendingActivityInfo> pending) {
        List<String> said = new ArrayList<>();
        said.add(status.map(RunStatus::headline).orElse("It does not answer."));
        status.flatMap(RunStatus::waitingFor).ifPresent(who -> said.add("It waits for " + who + "."));
        status.stream()
                .flatMap(s -> s.steps().stream())
                .filter(s -> s.state() == StepState.RUNNING || s.state() == StepState.WAITING)
                .map(StalledRun::sentence)
                .forEach(said::add);
        pending.stream().map(StalledRun::sentence).forEach(said::add);
        return String.join(" ", said);
    }

    private static String sentence(StepStatus step) {
        return "Step " + step.number() + " " + step.name() + ", for "
                + Math.round(step.seconds().orElse(0.0)) + " s: " + step.detail();
    }

    private static String sentence(PendingActivityInfo activity) {
        String failure = activity.hasLastFailure()
                ? ", after " + activity.getLastFailure().getMessage()
                : "";
        String where = activity.getState() == PENDING_ACTIVITY_STATE_STARTED
                ? " runs in " + activity.getLastWorkerIdentity()
                : " waits for a worker or its next attempt";
        return activity.getActivityType().getName() + where + ", attempt " + activity.getAttempt() + failure + ".";
    }
}
