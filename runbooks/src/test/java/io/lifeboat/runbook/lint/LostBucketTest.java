package io.lifeboat.runbook.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifeboat.runbook.RunbookDocument;
import io.lifeboat.runbook.Runbooks;
import java.util.List;
import org.junit.jupiter.api.Test;

class LostBucketTest {
    private final LintRule rule = new LostBucket();

    private static final String STANDBY = "      - { region: us-west-2, connection: \"env:ORDERS_DB_US_WEST_2\" }\n";

    @Test
    void acceptsBucketsOutsideThePrimaryRegion() {
        String text = Runbooks.ordersWith(
                STANDBY, STANDBY + "    backup: { every: 1h, region: us-west-2, bucket: orders-backups }\n");

        assertThat(findings(Runbooks.read(text))).isEmpty();
    }

    @Test
    void findsALedgerInThePrimaryRegion() {
        String text = Runbooks.ordersWith("ledger:\n  region: us-west-2", "ledger:\n  region: us-east-1");

        assertThat(findings(Runbooks.read(text)))
                .containsExactly(
                        "r.yaml:16:3: error: When us-east-1 is lost, no failover can take its epoch or leave its"
                                + " evidence: the ledger is lost as well. Put the ledger's bucket into us-west-2. [lost-bucket]");
    }

    @Test
    void findsTheOnlyBackupsInThePrimaryRegion() {
        String text =
                Runbooks.ordersWith(STANDBY, "    backup: { every: 1m, region: us-east-1, bucket: orders-backups }\n");

        assertThat(findings(Runbooks.read(text)))
                .containsExactly("r.yaml:25:26: error: When us-east-1 is lost, \"orders-db\" is lost for good: its only"
                        + " copies, the backups, lie there as well. Keep the backups in us-west-2. [lost-bucket]");
    }

    @Test
    void warnsOfBackupsInThePrimaryRegionBesideAStandby() {
        String text = Runbooks.ordersWith(
                STANDBY, STANDBY + "    backup: { every: 1h, region: us-east-1, bucket: orders-backups }\n");

        assertThat(findings(Runbooks.read(text)))
                .containsExactly(
                        "r.yaml:26:26: warning: When us-east-1 is lost, \"orders-db\" moves to its standby and has"
                                + " no backup any more. Keep the backups in us-west-2. [lost-bucket]");
    }

    private List<String> findings(RunbookDocument document) {
        return rule.check(document).stream().map(Finding::toString).toList();
    }
}
