package io.lifeboat.workflow.failover;

import io.lifeboat.workflow.report.ReportLinks;
import io.lifeboat.workflow.run.RunPhase;
import io.lifeboat.workflow.run.Verdict;
import java.util.Optional;

/** How a failover ended that left the service recovered. One that did not ends as a failure. */
public record FailoverResult(
        String service,
        RunPhase phase,
        Verdict verdict,
        String headline,
        String fromRegion,
        String toRegion,
        long epoch,
        Optional<ReportLinks> report) {}
