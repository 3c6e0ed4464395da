package io.lifeboat.runbook.lint;

import io.lifeboat.runbook.BackupPolicy;
import io.lifeboat.runbook.Datastore;
import io.lifeboat.runbook.Runbook;
import io.lifeboat.runbook.RunbookDocument;
import io.lifeboat.runbook.Schedule;
import io.lifeboat.runbook.Schedule.Procedure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A PitrTest that fails whenever it is started, because no backup can go back to a point in time. */
final class ProofWithoutLog implements LintRule {
    @Override
    public String id() {
        return "proof-without-log";
    }

    @Override
    public List<Finding> check(RunbookDocument document) {
        Runbook runbook = document.runbook();
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < runbook.schedules().size(); i++) {
            Schedule schedule = runbook.schedules().get(i);
            if (schedule.procedure() == Procedure.PITR_TEST && !canGoBack(runbook, schedule)) {
                findings.add(Finding.warning(
                        this,
                        document,
                        "schedules[" + i + "]",
                        "PitrTest fails whenever this schedule starts it: no backup of \"%s\" can go back to a point in time."
                                .formatted(schedule.datastore().orElseThrow()),
                        "Give it a policy with method `basebackup` and an `archive`, or `pgbackrest`; or let SmokeRestore"
                                + " prove its backups as they are."));
            }
        }
        return findings;
    }

    private static boolean canGoBack(Runbook runbook, Schedule schedule) {
        return runbook.datastores().stream()
                .filter(datastore -> schedule.datastore().equals(Optional.of(datastore.name())))
                .map(Datastore::backups)
                .flatMap(List::stream)
                .anyMatch(BackupPolicy::toAnyMoment);
    }
}
