package io.lifeboat.runbook.lint;

import io.lifeboat.runbook.BackupPolicy;
import io.lifeboat.runbook.Datastore;
import io.lifeboat.runbook.Runbook;
import io.lifeboat.runbook.RunbookDocument;
import io.lifeboat.runbook.Schedule.Procedure;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

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
            // Of a datastore that is never backed up at all, that is the mistake. What is not whole no procedure
            // restores.
            List<BackupPolicy> policies = datastore.wholeBackups();
            if (policies.isEmpty() || !BackupNotScheduled.isScheduled(runbook, datastore)) {
                continue;
            }
            boolean toAnyMoment = policies.stream().anyMatch(BackupPolicy::toAnyMoment);
            boolean asTheyAre = policies.stream().anyMatch(policy -> !policy.toAnyMoment());
            if (toAnyMoment && !starts(runbook, Procedure.PITR_TEST, datastore)) {
                findings.add(finding(document, i, "backups", Procedure.PITR_TEST, "0 4 * * sun"));
            }
            if (asTheyAre && !starts(runbook, Procedure.SMOKE_RESTORE, datastore)) {
                findings.add(finding(document, i, names(policies), Procedure.SMOKE_RESTORE, "0 6 * * *"));
            }
        }
        return findings;
    }

    /** A schedule that names no datastore starts PitrTest for the first one, and SmokeRestore for the smallest. */
    private static boolean starts(Runbook runbook, Procedure procedure, Datastore datastore) {
        boolean alone = runbook.datastores().stream()
                        .filter(other -> !other.wholeBackups().isEmpty())
                        .count()
                == 1;
        return runbook.schedules().stream()
                .filter(schedule -> alone || schedule.datastore().isPresent())
                .anyMatch(schedule -> schedule.serves(procedure, datastore.name()));
    }

    /** Those that only a restore as they are can prove. */
    private static String names(List<BackupPolicy> policies) {
        return "backups by "
                + policies.stream()
                        .filter(policy -> !policy.toAnyMoment())
                        .map(policy -> "policy \"" + policy.name() + "\"")
                        .collect(Collectors.joining(" and "));
    }

    private Finding finding(RunbookDocument document, int index, String which, Procedure procedure, String cron) {
        String datastore = document.runbook().datastores().get(index).name();
        return Finding.warning(
                this,
                document,
                "datastores[" + index + "].backups",
                "The %s of \"%s\" are never proven: no schedule starts %s for it."
                        .formatted(which, datastore, procedure.workflowType()),
                "Add one under schedules, such as { procedure: %s, datastore: %s, cron: \"%s\", timeZone: UTC }."
                        .formatted(procedure.workflowType(), datastore, cron));
    }
}
