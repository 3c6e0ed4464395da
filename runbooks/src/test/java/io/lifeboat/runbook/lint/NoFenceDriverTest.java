package io.lifeboat.runbook.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifeboat.runbook.RunbookDocument;
import io.lifeboat.runbook.Runbooks;
import java.util.List;
import org.junit.jupiter.api.Test;

class NoFenceDriverTest {
    private final LintRule rule = new NoFenceDriver();

    @Test
    void acceptsAPowerDriverWithAnAgentForThePrimary() {
        assertThat(findings(Runbooks.read(Runbooks.orders()))).isEmpty();
    }

    @Test
    void findsThatThereIsNoDriver() {
        String text = withFence("fence: []");

        assertThat(findings(Runbooks.read(text)))
                .containsExactly(
                        "r.yaml:54:1: error: A failover stops before promotion and waits: without a fence driver"
                                + " nothing can prove that us-east-1 writes no more. Add a driver under fence: power, kubernetes or"
                                + " database. [no-fence-driver]");
    }

    @Test
    void findsAPowerDriverWithoutAnAgentForThePrimary() {
        String text = Runbooks.ordersWith("      - { region: us-east-1, url: \"env:FENCE_AGENT_US_EAST_1\" }\n", "");

        assertThat(findings(Runbooks.read(text)))
                .containsExactly(
                        "r.yaml:59:5: error: The power driver cannot fence us-east-1: it has no agent there. Add"
                                + " the fence agent of us-east-1. [no-fence-driver]");
    }

    private static String withFence(String fence) {
        String text = Runbooks.orders();
        return text.substring(0, text.indexOf("fence:")) + fence + "\n" + text.substring(text.indexOf("smokeTests:"));
    }

    private List<String> findings(RunbookDocument document) {
        return rule.check(document).stream().map(Finding::toString).toList();
    }
}
