package io.lifeboat.workflow.backup;

import io.lifeboat.runbook.BucketPlace;
import io.lifeboat.workflow.run.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The steps of one backup run, which follow from what is due. */
final class BackupSteps {
    private final Map<String, Step> steps = new LinkedHashMap<>();

    static BackupSteps of(BackupPlan plan) {
        BackupSteps steps = new BackupSteps();
        for (BackupPlan.Due due : plan.due()) {
            steps.add(takeName(due));
            if (due.policy().copies().isEmpty()) {
                steps.add(verifyName(due));
            }
            for (BucketPlace place : due.policy().copies()) {
                steps.add(copyName(due, place));
                steps.add(pruneName(due, place));
            }
            steps.add(pruneName(due, due.policy().in()));
        }
        return steps;
    }

    private void add(String name) {
        steps.put(name, new Step(steps.size() + 1, name, false));
    }

    List<Step> all() {
        return new ArrayList<>(steps.values());
    }

    Step take(BackupPlan.Due due) {
        return get(takeName(due));
    }

    Step verify(BackupPlan.Due due) {
        return get(verifyName(due));
    }

    Step copy(BackupPlan.Due due, BucketPlace place) {
        return get(copyName(due, place));
    }

    Step prune(BackupPlan.Due due, BucketPlace place) {
        return get(pruneName(due, place));
    }

    /** "2/4 Copy orders-db nightly to us-east-1", as the UI's timeline shows it. */
    String summary(Step step) {
        return step.number() + "/" + steps.size() + " " + step.name();
    }

    private Step get(String name) {
        Step step = steps.get(name);
        if (step == null) {
            throw new IllegalArgumentException("no step \"" + name + "\"");
        }
        return step;
    }

    private static String takeName(BackupPlan.Due due) {
        return "Take " + what(due);
    }

    private static String verifyName(BackupPlan.Due due) {
        return "Verify " + what(due);
    }

    private static String copyName(BackupPlan.Due due, BucketPlace place) {
        return "Copy " + what(due) + " to " + at(due, place);
    }

    private static String pruneName(BackupPlan.Due due, BucketPlace place) {
        return "Prune " + what(due) + " in " + at(due, place);
    }

    private static String what(BackupPlan.Due due) {
        return due.datastore().name() + " " + due.policy().name();
    }

    /** The region alone, where that says enough. */
    private static String at(BackupPlan.Due due, BucketPlace place) {
        boolean several = due.policy().places().stream()
                        .filter(p -> p.region().equals(place.region()))
                        .count()
                > 1;
        return several ? place.region() + "/" + place.bucket() : place.region();
    }
}
