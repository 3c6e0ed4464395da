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
        for (DeclaredPolicy declared : DeclaredPolicy.all(runbook)) {
            if (declared.lostWith(primary)) {
                findings.add(lost(document, declared));
            }
        }
        return findings;
    }

    private Finding lost(RunbookDocument document, DeclaredPolicy declared) {
        Runbook runbook = document.runbook();
        String primary = runbook.regions().primary();
        String standby = runbook.regions().standby();
        Datastore datastore = declared.datastore();
        String key = declared.key("in.region");
        String advice = declared.adviceToCopyTo(standby);
        boolean wholeElsewhere = datastore.wholeBackups().stream().anyMatch(policy -> !policy.onlyIn(primary));
        if (wholeElsewhere || !declared.policy().whole()) {
            String consequence =
                    "When %s is lost, every backup %s is lost with it.".formatted(primary, declared.title());
            return Finding.warning(this, document, key, consequence, advice);
        }
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
