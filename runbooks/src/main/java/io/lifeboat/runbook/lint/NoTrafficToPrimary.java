package io.lifeboat.runbook.lint;

import io.lifeboat.runbook.Runbook;
import io.lifeboat.runbook.RunbookDocument;
import io.lifeboat.runbook.Traffic.Endpoint;
import java.util.List;

/** Weights that send nobody to the region where the service lives. */
final class NoTrafficToPrimary implements LintRule {
    @Override
    public String id() {
        return "no-traffic-to-primary";
    }

    @Override
    public List<Finding> check(RunbookDocument document) {
        Runbook runbook = document.runbook();
        List<Endpoint> endpoints = runbook.traffic().endpoints();
        String primary = runbook.regions().primary();
        Endpoint home = runbook.traffic().in(primary);
        if (home.weight() > 0) {
            return List.of();
        }
        // Amazon Route 53 Developer Guide, "Values specific for weighted records": all zero means equal shares.
        boolean allZero = endpoints.stream().allMatch(endpoint -> endpoint.weight() == 0);
        return List.of(Finding.error(
                this,
                document,
                "traffic.endpoints[" + endpoints.indexOf(home) + "].weight",
                allZero
                        ? "All weights are 0, which DNS reads as equal shares: half of the clients are sent to the standby region."
                        : "On an ordinary day no client is sent to %s, where the service lives.".formatted(primary),
                "Give %s a weight, such as 100.".formatted(primary)));
    }
}
