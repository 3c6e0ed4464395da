package io.lifeboat.runbook.lint;

import io.lifeboat.runbook.Runbook;
import io.lifeboat.runbook.RunbookDocument;
import io.lifeboat.runbook.Traffic.Endpoint;
import java.util.List;

/** Clients sent to both regions, while the database accepts writes in one of them only. */
final class TwoActiveRegions implements LintRule {
    @Override
    public String id() {
        return "two-active-regions";
    }

    @Override
    public List<Finding> check(RunbookDocument document) {
        Runbook runbook = document.runbook();
        List<Endpoint> endpoints = runbook.traffic().endpoints();
        boolean allWeighted = endpoints.stream().allMatch(endpoint -> endpoint.weight() > 0);
        if (!allWeighted || runbook.datastores().isEmpty()) {
            return List.of();
        }
        String standby = runbook.regions().standby();
        int index = endpoints.indexOf(runbook.traffic().in(standby));
        return List.of(Finding.error(
                this,
                document,
                "traffic.endpoints[" + index + "].weight",
                "On an ordinary day clients are sent to %s as well, where \"%s\" accepts no writes."
                        .formatted(standby, runbook.datastores().getFirst().name()),
                "Set the weight of %s to 0; a failover raises it.".formatted(standby)));
    }
}
