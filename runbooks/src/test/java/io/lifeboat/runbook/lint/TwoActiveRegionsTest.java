package io.lifeboat.runbook.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifeboat.runbook.RunbookDocument;
import io.lifeboat.runbook.Runbooks;
import java.util.List;
import org.junit.jupiter.api.Test;

class TwoActiveRegionsTest {
    private final LintRule rule = new TwoActiveRegions();

    @Test
    void acceptsOneWeightedRegion() {
        assertThat(findings(Runbooks.read(Runbooks.orders()))).isEmpty();
    }

    @Test
    void acceptsTwoWeightedRegionsOfAServiceWithoutDatabase() {
        String text = Runbooks.ordersWith("weight: 0", "weight: 100");
        String stateless = text.substring(0, text.indexOf("datastores:"))
                + "datastores: []\n\n"
                + text.substring(text.indexOf("workloads:"), text.indexOf("  - { kind: sql"))
                + text.substring(text.indexOf("approvals:"), text.indexOf("schedules:"));

        assertThat(findings(Runbooks.read(stateless))).isEmpty();
    }

    @Test
    void findsTwoWeightedRegionsOverASingleWriter() {
        String text = Runbooks.ordersWith("weight: 0", "weight: 1");

        assertThat(findings(Runbooks.read(text)))
                .containsExactly("r.yaml:52:94: error: On an ordinary day clients are sent to us-west-2 as well, where"
                        + " \"orders-db\" accepts no writes. Set the weight of us-west-2 to 0; a failover raises it."
                        + " [two-active-regions]");
    }

    private List<String> findings(RunbookDocument document) {
        return rule.check(document).stream().map(Finding::toString).toList();
    }
}
