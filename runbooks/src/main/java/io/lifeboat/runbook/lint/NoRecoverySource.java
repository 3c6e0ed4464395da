package io.lifeboat.runbook.lint;

import io.lifeboat.runbook.BackupPolicy;
import io.lifeboat.runbook.Datastore;
import io.lifeboat.runbook.DurationText;
import io.lifeboat.runbook.Runbook;
import io.lifeboat.runbook.RunbookDocument;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A datastore with nothing to recover it from: no instance in the standby region and no backup, of all of it, young enough for the RPO. */
final class NoRecoverySource implements LintRule {
    @Override
    public String id() {
        return "no-recovery-source";
    }

    @Override
    public List<Finding> check(RunbookDocument document) {
        Runbook runbook = document.runbook();
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < runbook.datastores().size(); i++) {
            Datastore datastore = runbook.datastores().get(i);
            if (datastore.in(runbook.regions().standby()).isEmpty()) {
                withoutStandby(document, datastore, "datastores[" + i + "]").ifPresent(findings::add);
            }
        }
        return findings;
    }

    private Optional<Finding> withoutStandby(RunbookDocument document, Datastore datastore, String key) {
        Runbook runbook = document.runbook();
        String rpo = DurationText.of(runbook.objectives().rpo());
        String standby = runbook.regions().standby();
        // One that is lost with the primary counts last; LostBucket finds it.
        String primary = runbook.regions().primary();
        Optional<BackupPolicy> densest = datastore.wholeBackups().stream()
                .min(Comparator.comparing((BackupPolicy policy) -> policy.onlyIn(primary))
                        .thenComparing(BackupPolicy::every));
        if (densest.isEmpty()) {
            return Optional.of(Finding.error(
                    this,
                    document,
                    key + ".instances",
                    "When %s is lost, \"%s\" is lost with it: it has no instance in %s and no backup%s."
                            .formatted(
                                    runbook.regions().primary(),
                                    datastore.name(),
                                    standby,
                                    datastore.backups().isEmpty() ? "" : " of all of it"),
                    "Add an instance in %s, or a backup at least every %s.".formatted(standby, rpo)));
        }
        BackupPolicy backup = densest.get();
        if (backup.every().compareTo(runbook.objectives().rpo()) <= 0) {
            return Optional.empty();
        }
        return Optional.of(Finding.error(
                this,
                document,
                key + ".backups[" + datastore.backups().indexOf(backup) + "].every",
                "When %s is lost, up to %s of writes to \"%s\" are lost, but the runbook promises an rpo of %s."
                        .formatted(runbook.regions().primary(), DurationText.of(backup.every()), datastore.name(), rpo),
                "Add an instance in %s, back up at least every %s, or promise a longer rpo.".formatted(standby, rpo)));
    }
}
