package io.lifeboat.runbook.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifeboat.runbook.RunbookDocument;
import io.lifeboat.runbook.Runbooks;
import java.util.List;
import org.junit.jupiter.api.Test;

class DnsSlowerThanRtoTest {
    private final LintRule rule = new DnsSlowerThanRto();

    @Test
    void acceptsDnsThatIsJustAsFastAsTheRto() {
        String text = Runbooks.ordersWith("rto: 15m", "rto: 31s");

        assertThat(findings(Runbooks.read(text))).isEmpty();
    }

    @Test
    void findsTtlAndHealthCheckThatTakeLongerThanTheRto() {
        String text = Runbooks.ordersWith("rto: 15m", "rto: 30s");

        assertThat(findings(Runbooks.read(text)))
                .containsExactly(
                        "r.yaml:47:3: error: Clients may be sent to a lost region for 31s (3 checks every 10s, then"
                                + " a ttl of 1s), but the runbook promises an rto of 30s. Shorten ttl, healthCheck.interval or"
                                + " healthCheck.failures, or promise a longer rto. [dns-slower-than-rto]");
    }

    private List<String> findings(RunbookDocument document) {
        return rule.check(document).stream().map(Finding::toString).toList();
    }
}
