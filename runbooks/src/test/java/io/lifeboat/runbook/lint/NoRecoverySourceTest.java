package io.lifeboat.runbook.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifeboat.runbook.RunbookDocument;
import io.lifeboat.runbook.Runbooks;
import java.util.List;
import org.junit.jupiter.api.Test;

class NoRecoverySourceTest {
    private final LintRule rule = new NoRecoverySource();

    private static final String STANDBY = "      - { region: us-west-2, connection: \"env:ORDERS_DB_US_WEST_2\" }\n";
    private static final String WITHOUT_STANDBY = Runbooks.ordersWith(STANDBY, "");

    private static final String PARTIAL =
            "        dump: { tables: [public.orders], schemaOnly: false, plain: false }\n";

    @Test
    void acceptsAStandbyWithoutBackups() {
        assertThat(findings(Runbooks.read(Runbooks.ordersWithBackups("")))).isEmpty();
    }

    @Test
    void acceptsABackupAsOftenAsTheRpo() {
        String text = Runbooks.replace(WITHOUT_STANDBY, "every: 24h", "every: 5m");

        assertThat(findings(Runbooks.read(text))).isEmpty();
    }

    @Test
    void acceptsARareBackupBesideADenseOne() {
        String dense = Runbooks.policy("dense", "every: 5m");
        String text = Runbooks.replace(WITHOUT_STANDBY, "    backups:\n", "    backups:\n" + dense);

        assertThat(findings(Runbooks.read(text))).isEmpty();
    }

    @Test
    void findsADatastoreWithNeitherStandbyNorBackup() {
        String text = Runbooks.replace(Runbooks.ordersWithBackups("    backups: []\n"), STANDBY, "");

        assertThat(findings(Runbooks.read(text)))
                .containsExactly("r.yaml:23:5: error: When us-east-1 is lost, \"orders-db\" is lost with it: it has no"
                        + " instance in us-west-2 and no backup. Add an instance in us-west-2, or a backup at least"
                        + " every 5m. [no-recovery-source]");
    }

    @Test
    void findsABackupThatIsTooRare() {
        String text = Runbooks.replace(WITHOUT_STANDBY, "every: 24h", "every: 90m");

        assertThat(findings(Runbooks.read(text)))
                .containsExactly(
                        "r.yaml:28:9: error: When us-east-1 is lost, up to 1h30m of writes to \"orders-db\" are"
                                + " lost, but the runbook promises an rpo of 5m. Add an instance in us-west-2, back up at least"
                                + " every 5m, or promise a longer rpo. [no-recovery-source]");
    }

    @Test
    void blamesTheDensestOfTooRareBackups() {
        String denser = Runbooks.policy("denser", "every: 1h");
        String text = Runbooks.replace(WITHOUT_STANDBY, "\nworkloads:", denser + "\nworkloads:");

        assertThat(rule.check(Runbooks.read(text)))
                .extracting(Finding::key)
                .containsExactly("datastores[0].backups[1].every");
    }

    @Test
    void countsNoDenseBackupThatIsLostWithThePrimary() {
        String dense = Runbooks.policy("dense", "every: 5m", "in: { region: us-east-1, bucket: lifeboat-backups }");
        String text = Runbooks.replace(WITHOUT_STANDBY, "\nworkloads:", dense + "\nworkloads:");

        assertThat(rule.check(Runbooks.read(text)))
                .extracting(Finding::key)
                .containsExactly("datastores[0].backups[0].every");
    }

    @Test
    void countsNoDenseBackupOfASingleTable() {
        String dense = Runbooks.policy("dense", "every: 5m") + PARTIAL;
        String text = Runbooks.replace(WITHOUT_STANDBY, "\nworkloads:", dense + "\nworkloads:");

        assertThat(rule.check(Runbooks.read(text)))
                .extracting(Finding::key)
                .containsExactly("datastores[0].backups[0].every");
    }

    @Test
    void findsADatastoreWithPartialBackupsAlone() {
        String partial = "    backups:\n" + Runbooks.policy("tables", "every: 5m") + PARTIAL;
        String text = Runbooks.replace(Runbooks.ordersWithBackups(partial), STANDBY, "");

        assertThat(findings(Runbooks.read(text)))
                .singleElement()
                .asString()
                .contains("\"orders-db\" is lost with it: it has no instance in us-west-2 and no backup of all of it.");
    }

    private List<String> findings(RunbookDocument document) {
        return rule.check(document).stream().map(Finding::toString).toList();
    }
}
