package io.lifeboat.runbook.lint;

import io.lifeboat.runbook.Datastore;
import io.lifeboat.runbook.Runbook;
import io.lifeboat.runbook.RunbookDocument;
import io.lifeboat.runbook.Schedule.Procedure;
import java.util.ArrayList;
import java.util.List;

/** Backups that are taken and never restored, so that the first to learn whether they are any good is an incident. */
final class BackupsNeverProven implements LintRule {
    @Override
    public String id() {
        return "backups-never-proven";
    }

    @Override
    public List<Finding> check(RunbookDocument document) {
        Runbook runbook = document.runbook();
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < runbook.datastores().size(); i++) {
            Datastore datastore = runbook.datastores().get(i);
            boolean proven =
                    runbook.schedules().stream().anyMatch(s -> s.serves(Procedure.PITR_TEST, datastore.name()));
            // Of a datastore that is never backed up at all, that is the mistake. What is not whole no procedure
            // restores.
            if (!datastore.wholeBackups().isEmpty() && BackupNotScheduled.isScheduled(runbook, datastore) && !proven) {
                findings.add(Finding.warning(
                        this,
                        document,
                        "datastores[" + i + "].backups",
                        "The backups of \"%s\" are never proven: no schedule starts PitrTest for it."
                                .formatted(datastore.name()),
                        "Add one under schedules, such as { procedure: PitrTest, datastore: %s, cron: \"0 4 * * sun\", timeZone: UTC }."
                                .formatted(datastore.name())));
            }
        }
        return findings;
    }
}
