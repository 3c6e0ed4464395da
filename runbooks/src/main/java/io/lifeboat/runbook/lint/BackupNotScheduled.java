package io.lifeboat.runbook.lint;

import io.lifeboat.runbook.Datastore;
import io.lifeboat.runbook.Runbook;
import io.lifeboat.runbook.RunbookDocument;
import io.lifeboat.runbook.Schedule;
import io.lifeboat.runbook.Schedule.Procedure;
import java.util.ArrayList;
import java.util.List;

/** Backup policies that nothing carries out. */
final class BackupNotScheduled implements LintRule {
    @Override
    public String id() {
        return "backup-not-scheduled";
    }

    @Override
    public List<Finding> check(RunbookDocument document) {
        Runbook runbook = document.runbook();
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < runbook.datastores().size(); i++) {
            Datastore datastore = runbook.datastores().get(i);
            if (!datastore.backups().isEmpty() && !isScheduled(runbook, datastore)) {
                boolean paused = runbook.schedules().stream()
                        .map(Schedule::procedure)
                        .anyMatch(Procedure.NIGHTLY_BACKUP::equals);
                findings.add(
                        Finding.error(
                                this,
                                document,
                                "datastores[" + i + "].backups",
                                "No backup of \"%s\" is ever taken: no schedule%s starts NightlyBackup for it."
                                        .formatted(datastore.name(), paused ? " that is not paused" : ""),
                                "Add one under schedules, such as { procedure: NightlyBackup, cron: \"0 2 * * *\", timeZone: UTC }."));
            }
        }
        return findings;
    }

    static boolean isScheduled(Runbook runbook, Datastore datastore) {
        return runbook.schedules().stream().anyMatch(s -> s.serves(Procedure.NIGHTLY_BACKUP, datastore.name()));
    }
}
