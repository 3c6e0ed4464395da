package io.lifeboat.runbook.lint;

import io.lifeboat.runbook.FenceDriver;
import io.lifeboat.runbook.RunbookDocument;
import java.util.List;

/** Fence drivers that all ask the lost region itself, which does not answer when it is really lost. */
final class FenceNeedsLostRegion implements LintRule {
    @Override
    public String id() {
        return "fence-needs-lost-region";
    }

    @Override
    public List<Finding> check(RunbookDocument document) {
        List<FenceDriver> drivers = document.runbook().fence();
        if (drivers.isEmpty() || drivers.stream().anyMatch(FenceNeedsLostRegion::worksFromOutside)) {
            return List.of();
        }
        return List.of(Finding.warning(
                this,
                document,
                "fence",
                "When %s does not answer at all, none of these drivers can prove the fence, and the failover waits for it."
                        .formatted(document.runbook().regions().primary()),
                "Add the power driver, which stops the region's machines from outside."));
    }

    private static boolean worksFromOutside(FenceDriver driver) {
        return switch (driver) {
            case FenceDriver.Power power -> true;
            case FenceDriver.Database database -> false;
            case FenceDriver.Kubernetes kubernetes -> false;
        };
    }
}
