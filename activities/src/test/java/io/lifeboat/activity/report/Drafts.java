package io.lifeboat.activity.report;

import io.lifeboat.runbook.Ledger;
import io.lifeboat.runbook.Objectives;
import io.lifeboat.workflow.report.RunReport;
import io.lifeboat.workflow.report.RunReport.Clocks;
import io.lifeboat.workflow.report.StepReport;
import io.lifeboat.workflow.run.RunPhase;
import io.lifeboat.workflow.run.StepState;
import io.lifeboat.workflow.run.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reports as a run hands them in: without anything that only its history knows. */
final class Drafts {
    static final Instant START = Instant.parse("2026-11-21T03:04:05Z");

    private Drafts() {}

    static RunReport of(String workflowId, String runId, StepReport... steps) {
        Optional<Double> none = Optional.empty();
        return new RunReport(
                1,
                "RegionFailover",
                "unplanned",
                "orders",
                Optional.empty(),
                "east is gone",
                "ana",
                RunPhase.SUCCEEDED,
                Verdict.GREEN,
                "orders is back in west.",
                "east",
                "west",
                Optional.of(7L),
                new RunReport.TemporalRun("default", workflowId, runId),
                new RunReport.RunbookReference("orders.yaml", "abc"),
                new Ledger("west", "ledger"),
                new Objectives(Duration.ofMinutes(15), Duration.ofMinutes(5), Optional.empty()),
                Optional.empty(),
                START,
                START.plusSeconds(60),
                new Clocks(none, none, none, none, none, none, none, none, none, none),
                Optional.empty(),
                List.of(),
                List.of(steps),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    /** @param at seconds after the start of the run */
    static StepReport step(int number, String name, double at) {
        return new StepReport(
                number,
                name,
                StepState.SUCCEEDED,
                Optional.of(START.plusMillis(Math.round(at * 1000))),
                1,
                0,
                0,
                "",
                List.of(),
                List.of());
    }
}
