package io.lifeboat.runbook.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifeboat.runbook.RunbookDocument;
import io.lifeboat.runbook.Runbooks;
import java.util.List;
import org.junit.jupiter.api.Test;

class NoTrafficToPrimaryTest {
    private final LintRule rule = new NoTrafficToPrimary();

    @Test
    void acceptsAWeightedPrimary() {
        assertThat(findings(Runbooks.read(Runbooks.orders()))).isEmpty();
    }

    @Test
    void findsWeightsThatAreAllZero() {
        String text = Runbooks.ordersWith("weight: 100", "weight: 0");

        assertThat(findings(Runbooks.read(text)))
                .containsExactly("r.yaml:51:94: error: All weights are 0, which DNS reads as equal shares: half of the"
                        + " clients are sent to the standby region. Give us-east-1 a weight, such as 100."
                        + " [no-traffic-to-primary]");
    }

    @Test
    void findsTrafficThatGoesToTheStandbyOnly() {
        String swapped = Runbooks.ordersWith("weight: 100", "weight: zero");
        String text =
                Runbooks.replace(Runbooks.replace(swapped, "weight: 0", "weight: 100"), "weight: zero", "weight: 0");

        assertThat(findings(Runbooks.read(text)))
                .containsExactly(
                        "r.yaml:51:94: error: On an ordinary day no client is sent to us-east-1, where the service"
                                + " lives. Give us-east-1 a weight, such as 100. [no-traffic-to-primary]");
    }

    private List<String> findings(RunbookDocument document) {
        return rule.check(document).stream().map(Finding::toString).toList();
    }
}
