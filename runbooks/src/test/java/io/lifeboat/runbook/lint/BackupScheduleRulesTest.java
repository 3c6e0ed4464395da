package io.lifeboat.runbook.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifeboat.runbook.Runbooks;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What schedules and backup policies say of each other. */
class BackupScheduleRulesTest {
    private static final String BACKUP =
            "  - { procedure: NightlyBackup, cron: \"0 2 * * *\", timeZone: UTC, catchUp: 2h }\n";
    private static final String TEST =
            "  - { procedure: PitrTest, datastore: orders-db, cron: \"0 4 * * sun\", timeZone: UTC, jitter: 10m }\n";

    private static final String SMOKE =
            "  - { procedure: SmokeRestore, cron: \"0 6 * * *\", timeZone: UTC, jitter: 10m }\n";

    @Test
    void findsAPolicyWithoutASchedule() {
        assertThat(findings(Runbooks.ordersWith(BACKUP, "")))
                .containsExactly(
                        "error: No backup of \"orders-db\" is ever taken: no schedule starts NightlyBackup for it."
                                + " Add one under schedules, such as { procedure: NightlyBackup, cron: \"0 2 * * *\","
                                + " timeZone: UTC }. [backup-not-scheduled]");
    }

    @Test
    void countsNoScheduleThatIsPaused() {
        assertThat(findings(scheduled("\"0 2 * * *\", timeZone: UTC, paused: true")))
                .singleElement()
                .asString()
                .startsWith("error: No backup of \"orders-db\" is ever taken:"
                        + " no schedule that is not paused starts NightlyBackup for it.");
        assertThat(findings(scheduled("\"0 2 * * *\", timeZone: UTC, paused: false")))
                .isEmpty();
    }

    @Test
    void asksForNoScheduleWhereThereIsNoPolicy() {
        String text = Runbooks.replace(Runbooks.ordersWithBackups(""), BACKUP, "");

        assertThat(findings(Runbooks.replace(text, "schedules:\n" + SMOKE, ""))).isEmpty();
    }

    @Test
    void findsPointsInTimeThatNothingProves() {
        String base = Runbooks.replace(Runbooks.orders(), "method: logical", "method: basebackup");
        String archived = Runbooks.replace(base, "minSize: 1kB", "archive: { ship: 5s }");

        assertThat(findings(Runbooks.replace(archived, SMOKE, TEST))).isEmpty();
        assertThat(findings(archived))
                .containsExactly("warning: The backups of \"orders-db\" are never proven:"
                        + " no schedule starts PitrTest for it. Add one under schedules, such as { procedure: PitrTest,"
                        + " datastore: orders-db, cron: \"0 4 * * sun\", timeZone: UTC }. [backups-never-proven]");
    }

    @Test
    void findsATestThatCannotSucceed() {
        assertThat(findings(Runbooks.ordersWith(SMOKE, SMOKE + TEST)))
                .containsExactly(
                        "warning: PitrTest fails whenever this schedule starts it: no backup of \"orders-db\" can go"
                                + " back to a point in time. Give it a policy with method `basebackup` and an `archive`, or"
                                + " `pgbackrest`; or let SmokeRestore prove its backups as they are. [proof-without-log]");
    }

    @Test
    void findsDumpsThatNothingProves() {
        assertThat(findings(Runbooks.ordersWith(SMOKE, "")))
                .containsExactly("warning: The backups by policy \"nightly\" of \"orders-db\" are never proven:"
                        + " no schedule starts SmokeRestore for it. Add one under schedules, such as { procedure: SmokeRestore,"
                        + " datastore: orders-db, cron: \"0 6 * * *\", timeZone: UTC }. [backups-never-proven]");
    }

    @Test
    void findsTheDumpsOfADatastoreThatIsNotTheSmallest() {
        String text = Runbooks.orders();
        String datastore = text.substring(text.indexOf("  - name: orders-db"), text.indexOf("\nworkloads:"));
        String two = text.replace(datastore, datastore + datastore.replace("orders-db", "invoices-db"));

        assertThat(findings(two))
                .hasSize(2)
                .allMatch(finding -> finding.contains("no schedule starts SmokeRestore for it"));
        assertThat(findings(Runbooks.replace(
                        two, SMOKE, SMOKE.replace("SmokeRestore,", "SmokeRestore, datastore: invoices-db,"))))
                .singleElement()
                .asString()
                .contains("of \"orders-db\" are never proven");
    }

    @Test
    void asksForNoProofOfBackupsThatNoProcedureRestores() {
        String partial = Runbooks.ordersWithBackups("    backups:\n" + Runbooks.policy("definitions")
                + "        dump: { tables: [], schemaOnly: true, plain: false }\n");

        assertThat(findings(Runbooks.replace(partial, SMOKE, ""))).isEmpty();
    }

    @Test
    void findsAScheduleThatIsRarerThanThePolicyPromises() {
        assertThat(findings(scheduled("\"0 2 * * 1-5\", timeZone: UTC")))
                .containsExactly("error: Up to 3d pass between two backups \"nightly\" of \"orders-db\", which promises"
                        + " one every 1d. Run NightlyBackup at least every 1d, or promise one every 3d."
                        + " [backup-scheduled-too-rarely]");
    }

    @ParameterizedTest
    @CsvSource({"0 2 * * *, 1d23h", "30 2 * * *, 1d23h", "0 3 * * *, 1d1h", "0 1 * * *, 1d1h"})
    void warnsOfTheNightsInWhichTheClocksChange(String cron, String gap) {
        assertThat(findings(scheduled("\"" + cron + "\", timeZone: Europe/Berlin")))
                .containsExactly("warning: When the clocks of Europe/Berlin change, " + gap
                        + " pass between two backups \"nightly\" of \"orders-db\", which promises one every 1d."
                        + " Schedule it in UTC, or promise one every " + gap + ". [backup-scheduled-too-rarely]");
    }

    @Test
    void pointsAtTheCronExpression() {
        String text = scheduled("\"0 2 * * 1-5\", timeZone: UTC");

        assertThat(Lint.findings(Runbooks.read(text)))
                .extracting(Finding::line, Finding::key)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Runbooks.line(text, "NightlyBackup"), "schedules[0].cron"));
    }

    @Test
    void takesTheDensestOfSeveralSchedules() {
        String both =
                BACKUP + "  - { procedure: NightlyBackup, datastore: orders-db, cron: \"0 5 * * 0\", timeZone: UTC }\n";

        assertThat(findings(Runbooks.ordersWith(BACKUP, both))).isEmpty();
    }

    private static String scheduled(String cronAndMore) {
        return Runbooks.ordersWith(BACKUP, "  - { procedure: NightlyBackup, cron: " + cronAndMore + " }\n");
    }

    private static List<String> findings(String text) {
        return Lint.findings(Runbooks.read(text)).stream()
                .map(finding -> finding.toString().replaceFirst("^r\\.yaml:\\d+:\\d+: ", ""))
                .toList();
    }
}
