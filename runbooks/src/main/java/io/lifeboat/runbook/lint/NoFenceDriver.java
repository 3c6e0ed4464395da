package io.lifeboat.runbook.lint;

import io.lifeboat.runbook.FenceDriver;
import io.lifeboat.runbook.RunbookDocument;
import java.util.ArrayList;
import java.util.List;

/** No way of proving that a lost region writes no more, so that no database may be promoted. */
final class NoFenceDriver implements LintRule {
    @Override
    public String id() {
        return "no-fence-driver";
    }

    @Override
    public List<Finding> check(RunbookDocument document) {
        String primary = document.runbook().regions().primary();
        List<FenceDriver> drivers = document.runbook().fence();
        if (drivers.isEmpty()) {
            return List.of(Finding.error(
                    this,
                    document,
                    "fence",
                    "A failover stops before promotion and waits: without a fence driver nothing can prove that %s writes no more."
                            .formatted(primary),
                    "Add a driver under fence: power, kubernetes or database."));
        }
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < drivers.size(); i++) {
            if (drivers.get(i) instanceof FenceDriver.Power power && !hasAgent(power, primary)) {
                findings.add(Finding.error(
                        this,
                        document,
                        "fence[" + i + "].agents",
                        "The power driver cannot fence %s: it has no agent there.".formatted(primary),
                        "Add the fence agent of %s.".formatted(primary)));
            }
        }
        return findings;
    }

    private static boolean hasAgent(FenceDriver.Power power, String region) {
        return power.agents().stream().anyMatch(agent -> agent.region().equals(region));
    }
}
