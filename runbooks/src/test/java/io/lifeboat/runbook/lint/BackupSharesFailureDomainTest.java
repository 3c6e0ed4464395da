package io.lifeboat.runbook.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifeboat.runbook.Runbooks;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackupSharesFailureDomainTest {
    private final LintRule rule = new BackupSharesFailureDomain();

    private static final String COPY = "          - { region: us-east-1, bucket: lifeboat-backups }\n";
    private static final String SETTINGS =
            "        pgbackrest: { stanza: orders, repository: 1, full: 7d, between: diff }\n";
    private static final String LOCK = "        lock: { mode: governance, for: 30d }\n";
    private static final String NO_COPY = Runbooks.ordersWith("        copies:\n" + COPY, "        copies: []\n");

    @Test
    void acceptsACopyInAnotherRegion() {
        assertThat(findings(Runbooks.orders())).isEmpty();
    }

    @Test
    void acceptsASecondBucketBesideACopyInAnotherRegion() {
        String text = Runbooks.ordersWith(COPY, COPY + "          - { region: us-west-2, bucket: vault }\n");

        assertThat(findings(text)).isEmpty();
    }

    @Test
    void warnsOfBackupsWithoutACopy() {
        assertThat(findings(NO_COPY))
                .containsExactly("r.yaml:31:15: warning: When us-west-2 is lost, every backup \"nightly\" of"
                        + " \"orders-db\" is lost with it. Keep a copy in another region."
                        + " [backup-shares-failure-domain]");
    }

    @Test
    void warnsOfTwoBucketsInOneRegion() {
        String text = Runbooks.ordersWith(COPY, "          - { region: us-west-2, bucket: vault }\n");

        assertThat(rule.check(Runbooks.read(text)))
                .extracting(Finding::key)
                .containsExactly("datastores[0].backups[0].in.region");
    }

    @Test
    void leavesBackupsInThePrimaryRegionToTheRuleAboutThem() {
        String text = Runbooks.replace(NO_COPY, "in: { region: us-west-2", "in: { region: us-east-1");

        assertThat(findings(text)).isEmpty();
        assertThat(Lint.findings(Runbooks.read(text))).extracting(Finding::rule).containsExactly("lost-bucket");
    }

    @Test
    void warnsOfACopyWhereTheBackupIsAlready() {
        String again = "          - { region: us-west-2, bucket: lifeboat-backups }\n";

        assertThat(findings(Runbooks.ordersWith(COPY, again)))
                .containsExactly("r.yaml:33:34: warning: This copy of every backup \"nightly\" of \"orders-db\""
                        + " protects nothing: bucket \"lifeboat-backups\" in us-west-2 has it already. Copy to a bucket"
                        + " in another region, or remove the copy. [backup-shares-failure-domain]");
    }

    @Test
    void warnsOfTwoCopiesInOneBucket() {
        assertThat(rule.check(Runbooks.read(Runbooks.ordersWith(COPY, COPY + COPY))))
                .extracting(Finding::key)
                .containsExactly("datastores[0].backups[0].copies[1].bucket");
    }

    @Test
    void judgesEachPolicyOnItsOwn() {
        String hourly = Runbooks.policy("hourly", "in: { region: us-east-1, bucket: lifeboat-backups }");
        String text = Runbooks.ordersWith("\nworkloads:", hourly + "\nworkloads:");

        assertThat(rule.check(Runbooks.read(text)))
                .extracting(Finding::key)
                .containsExactly("datastores[0].backups[1].copies[0].bucket");
    }

    @Test
    void takesAPolicyForASecondRepositoryOfPgBackRestForACopy() {
        String first = Runbooks.policy("files", "method: pgbackrest", "in: { region: us-west-2, bucket: proofs }")
                .replace("        copies:\n" + COPY, "        copies: []\n" + SETTINGS)
                .replace(LOCK, "");
        String second = first.replace("name: files", "name: elsewhere").replace("us-west-2", "us-east-1");

        assertThat(findings(Runbooks.ordersWith("\nworkloads:", first + "\nworkloads:")))
                .singleElement()
                .asString()
                .contains("\"files\"")
                .contains("Add a policy for a second repository of pgBackRest, in another region.");
        String both = Runbooks.ordersWith("\nworkloads:", first + second + "\nworkloads:");
        assertThat(findings(both)).isEmpty();
        assertThat(Lint.findings(Runbooks.read(both))).extracting(Finding::rule).doesNotContain("lost-bucket");
    }

    private List<String> findings(String text) {
        return rule.check(Runbooks.read(text)).stream().map(Finding::toString).toList();
    }
}
