package io.lifeboat.runbook.lint;

import io.lifeboat.runbook.DurationText;
import io.lifeboat.runbook.RunbookDocument;
import io.lifeboat.runbook.Traffic;
import io.lifeboat.runbook.Traffic.HealthCheck;
import java.time.Duration;
import java.util.List;

/** DNS that notices a dead region, and lets resolvers forget it, later than the whole recovery may take. */
final class DnsSlowerThanRto implements LintRule {
    @Override
    public String id() {
        return "dns-slower-than-rto";
    }

    @Override
    public List<Finding> check(RunbookDocument document) {
        Traffic traffic = document.runbook().traffic();
        HealthCheck check = traffic.healthCheck();
        Duration noticed = traffic.ttl().plus(check.interval().multipliedBy(check.failures()));
        Duration rto = document.runbook().objectives().rto();
        if (noticed.compareTo(rto) <= 0) {
            return List.of();
        }
        return List.of(Finding.error(
                this,
                document,
                "traffic.ttl",
                "Clients may be sent to a lost region for %s (%d checks every %s, then a ttl of %s), but the runbook promises an rto of %s."
                        .formatted(
                                DurationText.of(noticed),
                                check.failures(),
                                DurationText.of(check.interval()),
                                DurationText.of(traffic.ttl()),
                                DurationText.of(rto)),
                "Shorten ttl, healthCheck.interval or healthCheck.failures, or promise a longer rto."));
    }
}
