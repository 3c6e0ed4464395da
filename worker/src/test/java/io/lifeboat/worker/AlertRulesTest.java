package io.lifeboat.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.map;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What can be said of the alert rules and of docs/metrics.md without Prometheus; {@link AlertRulesIT} runs the rules. */
class AlertRulesTest {
    private static final Set<String> NAMES =
            Arrays.stream(BackupMetric.values()).map(BackupMetric::text).collect(Collectors.toSet());
    private static final String METRIC = "\\b((?:lifeboat_)?(?:backup|wal)_\\w+)";

    @Test
    void everyAlertSaysHowBadWhatAndWhatToDo() {
        assertThat(AlertRules.alerts()).hasSizeGreaterThan(10).allSatisfy(alert -> {
            assertThat(alert)
                    .extractingByKey("labels", map(String.class, String.class))
                    .hasEntrySatisfying(
                            "severity", severity -> assertThat(severity).isIn("critical", "warning"));
            assertThat(alert)
                    .extractingByKey("annotations", map(String.class, String.class))
                    .containsOnlyKeys("summary", "description", "runbook_url")
                    .allSatisfy((key, text) -> assertThat(text).isNotBlank());
        });
    }

    @Test
    void everyAlertLeadsToItsOwnPartOfTheDocument() {
        Set<String> parts = AlertRules.matches("(?m)^### (\\w+)$", AlertRules.text(AlertRules.DOCUMENT))
                .collect(Collectors.toSet());

        assertThat(AlertRules.alerts()).allSatisfy(alert -> {
            String name = (String) alert.get("alert");
            assertThat(parts).contains(name);
            assertThat(alert)
                    .extractingByKey("annotations", map(String.class, String.class))
                    .containsEntry("runbook_url", "docs/metrics.md#" + name.toLowerCase(Locale.ROOT));
        });
        assertThat(parts).isEqualTo(names());
    }

    @Test
    void rulesUseMetricsThatThereAre() {
        assertThat(AlertRules.matches(METRIC, AlertRules.text(AlertRules.FILE)))
                .hasSizeGreaterThan(20)
                .isSubsetOf(NAMES);
        AlertRules.TESTS.forEach(file -> assertThat(AlertRules.matches(METRIC, AlertRules.text(file)))
                .isNotEmpty()
                .isSubsetOf(NAMES));
    }

    @Test
    void everyAlertIsSeenFiringAndInTheWordsThatPeopleRead() {
        String tests = AlertRules.TESTS.stream().map(AlertRules::text).collect(Collectors.joining());

        assertThat(AlertRules.matches("alertname=\"(\\w+)\"", tests).collect(Collectors.toSet()))
                .isEqualTo(names());
        assertThat(AlertRules.matches("alertname: (\\w+)", tests).collect(Collectors.toSet()))
                .isEqualTo(names());
    }

    @Test
    void theDocumentHasARowForEachMetric() {
        List<String> rows = AlertRules.text(AlertRules.DOCUMENT)
                .lines()
                .filter(line -> line.matches("\\| `(lifeboat_)?(backup|wal)_.*"))
                .toList();

        assertThat(rows).hasSameSizeAs(BackupMetric.values());
        assertThat(BackupMetric.values())
                .allSatisfy(metric -> assertThat(rows)
                        .as(metric.text())
                        .anyMatch(row -> row.startsWith(
                                        "| `" + metric.text() + "` | " + String.join(", ", metric.labels()) + " | ")
                                && row.endsWith(" | " + metric.help() + ". |")));
    }

    private static Set<String> names() {
        return AlertRules.alerts().stream()
                .map(alert -> (String) alert.get("alert"))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
