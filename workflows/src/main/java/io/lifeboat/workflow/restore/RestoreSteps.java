package io.lifeboat.workflow.restore;

import io.lifeboat.workflow.run.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * The steps of a restore over production in their order. The order is the safety: nothing is set aside before the copy that takes its
 * place was found as it must be.
 *
 * @param archive only where a point in time is gone back to; empty otherwise
 */
record RestoreSteps(
        List<Step> all,
        Step assess,
        Step choose,
        Step approve,
        Step takeEpoch,
        Step stopWriters,
        List<Step> archive,
        Step restore,
        Step exchange,
        Step startWriters,
        Step verify,
        Step close) {

    static RestoreSteps of(boolean pointInTime) {
        List<Step> all = new ArrayList<>();
        return new RestoreSteps(
                all,
                next(all, "Assess"),
                next(all, "Choose the backup"),
                next(all, "Approve"),
                next(all, "Take the epoch"),
                next(all, "Stop writers"),
                pointInTime ? List.of(next(all, "Archive the log")) : List.of(),
                next(all, "Restore beside"),
                next(all, "Exchange"),
                next(all, "Start writers"),
                next(all, "Verify"),
                next(all, "Close"));
    }

    private static Step next(List<Step> all, String name) {
        Step step = new Step(all.size() + 1, name, false);
        all.add(step);
        return step;
    }

    /** "5/10 Stop writers: kubernetes", as the UI's timeline shows it. */
    String summary(Step step, String what) {
        return step.number() + "/" + all.size() + " " + step.name() + (what.isEmpty() ? "" : ": " + what);
    }
}
