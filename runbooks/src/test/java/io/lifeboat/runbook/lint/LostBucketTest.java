package io.lifeboat.runbook.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifeboat.runbook.Runbooks;
import java.util.List;
import org.junit.jupiter.api.Test;

class LostBucketTest {
    private final LintRule rule = new LostBucket();

    private static final String STANDBY = "      - { region: us-west-2, connection: \"env:ORDERS_DB_US_WEST_2\" }\n";
    private static final String COPY = "        copies:\n          - { region: us-east-1, bucket: lifeboat-backups }\n";
    private static final String IN_PRIMARY = "in: { region: us-east-1, bucket: lifeboat-backups }";

    @Test
    void acceptsBucketsOutsideThePrimaryRegion() {
        assertThat(findings(Runbooks.orders())).isEmpty();
    }

    @Test
    void acceptsACopyOutsideThePrimaryRegion() {
        String swapped = Runbooks.ordersWith(
                COPY, "        copies:\n          - { region: us-west-2, bucket: lifeboat-backups }\n");
        String text = Runbooks.replace(swapped, "in: { region: us-west-2, bucket: lifeboat-backups }", IN_PRIMARY);

        assertThat(findings(text)).isEmpty();
    }

    @Test
    void findsALedgerInThePrimaryRegion() {
        String text = Runbooks.ordersWith("ledger:\n  region: us-west-2", "ledger:\n  region: us-east-1");

        assertThat(findings(text))
                .containsExactly(
                        "r.yaml:16:3: error: When us-east-1 is lost, no failover can take its epoch or leave its"
                                + " evidence: the ledger is lost as well. Put the ledger's bucket into us-west-2. [lost-bucket]");
    }

    @Test
    void findsTheOnlyBackupsInThePrimaryRegion() {
        String text = Runbooks.replace(inPrimary(), STANDBY, "");

        assertThat(findings(text))
                .containsExactly("r.yaml:30:15: error: When us-east-1 is lost, \"orders-db\" is lost for good: its only"
                        + " copies, the backups, lie there as well. Keep a copy in us-west-2. [lost-bucket]");
    }

    @Test
    void warnsOfBackupsInThePrimaryRegionBesideAStandby() {
        assertThat(findings(inPrimary()))
                .containsExactly(
                        "r.yaml:31:15: warning: When us-east-1 is lost, \"orders-db\" moves to its standby and has"
                                + " no backup any more. Keep a copy in us-west-2. [lost-bucket]");
    }

    @Test
    void warnsOfOnePolicyInThePrimaryRegionBesideAnotherOutsideIt() {
        String hourly = Runbooks.policy("hourly", IN_PRIMARY).replace(COPY, "        copies: []\n");
        String text = Runbooks.ordersWith("\nworkloads:", hourly + "\nworkloads:");

        assertThat(findings(text))
                .containsExactly("r.yaml:41:15: warning: When us-east-1 is lost, every backup \"hourly\" of"
                        + " \"orders-db\" is lost with it. Keep a copy in us-west-2. [lost-bucket]");
    }

    @Test
    void aBackupOfDefinitionsElsewhereKeepsNothingFromBeingLost() {
        String elsewhere =
                Runbooks.policy("definitions") + "        dump: { tables: [], schemaOnly: true, plain: true }\n";
        String text = Runbooks.replace(
                Runbooks.replace(inPrimary(), STANDBY, ""), "\nworkloads:", elsewhere + "\nworkloads:");

        assertThat(findings(text))
                .singleElement()
                .asString()
                .contains("\"orders-db\" is lost for good: its only copies");
    }

    @Test
    void findsEachOfTwoPoliciesInThePrimaryRegion() {
        String hourly = Runbooks.policy("hourly", IN_PRIMARY);
        String text = Runbooks.replace(inPrimary(), "\nworkloads:", hourly + "\nworkloads:");

        assertThat(rule.check(Runbooks.read(text)))
                .extracting(Finding::key)
                .containsExactly("datastores[0].backups[0].in.region", "datastores[0].backups[1].in.region");
    }

    private static String inPrimary() {
        return Runbooks.ordersWith("in: { region: us-west-2, bucket: lifeboat-backups }", IN_PRIMARY);
    }

    private List<String> findings(String text) {
        return rule.check(Runbooks.read(text)).stream().map(Finding::toString).toList();
    }
}
