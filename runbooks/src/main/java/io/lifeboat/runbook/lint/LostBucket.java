package io.lifeboat.runbook.lint;

import io.lifeboat.runbook.Datastore;
import io.lifeboat.runbook.Runbook;
import io.lifeboat.runbook.RunbookDocument;
import java.util.ArrayList;
import java.util.List;

/** A bucket that a failover needs and that is lost together with the region it leaves. */
final class LostBucket implements LintRule {
    @Override
    public String id() {
        return "lost-bucket";
    }

    @Override
    public List<Finding> check(RunbookDocument document) {
        Runbook runbook = document.runbook();
        String primary = runbook.regions().primary();
        List<Finding> findings = new ArrayList<>();
        if (runbook.ledger().region().equals(primary)) {
            findings.add(Finding.error(
                    this,
                    document,
                    "ledger.region",
                    "When %s is lost, no failover can take its epoch or leave its evidence: the ledger is lost as well."
                            .formatted(primary),
                    "Put the ledger's bucket into %s."
                            .formatted(runbook.regions().standby())));
        }
        for (int i = 0; i < runbook.datastores().size(); i++) {
            Datastore datastore = runbook.datastores().get(i);
            if (!datastore.backups().isEmpty()
                    && datastore.backups().stream().allMatch(policy -> policy.onlyIn(primary))) {
                findings.add(backups(document, datastore, "datastores[" + i + "].backups[0].in.region"));
            }
        }
        return findings;
    }

    private Finding backups(RunbookDocument document, Datastore datastore, String key) {
        Runbook runbook = document.runbook();
        String primary = runbook.regions().primary();
        String standby = runbook.regions().standby();
        String advice = "Keep the backups in %s.".formatted(standby);
        if (datastore.in(standby).isPresent()) {
            String consequence = "When %s is lost, \"%s\" moves to its standby and has no backup any more."
                    .formatted(primary, datastore.name());
            return Finding.warning(this, document, key, consequence, advice);
        }
        String consequence =
                "When %s is lost, \"%s\" is lost for good: its only copies, the backups, lie there as well."
                        .formatted(primary, datastore.name());
        return Finding.error(this, document, key, consequence, advice);
    }
}
