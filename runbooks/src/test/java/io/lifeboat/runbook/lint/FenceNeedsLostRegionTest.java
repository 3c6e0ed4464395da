package io.lifeboat.runbook.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifeboat.runbook.RunbookDocument;
import io.lifeboat.runbook.Runbooks;
import java.util.List;
import org.junit.jupiter.api.Test;

class FenceNeedsLostRegionTest {
    private final LintRule rule = new FenceNeedsLostRegion();

    @Test
    void acceptsADriverThatWorksFromOutside() {
        assertThat(findings(Runbooks.read(Runbooks.orders()))).isEmpty();
    }

    @Test
    void leavesAnEmptyListToTheRuleAboutIt() {
        assertThat(findings(Runbooks.read(withFence("fence: []")))).isEmpty();
    }

    @Test
    void warnsWhenEveryDriverAsksTheLostRegion() {
        String text = withFence("fence: [ { driver: database, timeout: 2s }, { driver: kubernetes, timeout: 2s } ]");

        assertThat(findings(Runbooks.read(text)))
                .containsExactly(
                        "r.yaml:54:1: warning: When us-east-1 does not answer at all, none of these drivers can prove"
                                + " the fence, and the failover waits for it. Add the power driver, which stops the region's"
                                + " machines from outside. [fence-needs-lost-region]");
    }

    private static String withFence(String fence) {
        String text = Runbooks.orders();
        return text.substring(0, text.indexOf("fence:")) + fence + "\n" + text.substring(text.indexOf("smokeTests:"));
    }

    private List<String> findings(RunbookDocument document) {
        return rule.check(document).stream().map(Finding::toString).toList();
    }
}
