package io.lifeboat.workflow.report;

import io.temporal.activity.ActivityInterface;

/** Writes the report of a run. */
@ActivityInterface(namePrefix = "Report_")
public interface ReportActivities {
    /**
     * Completes the report with what the run's own history says (attempts, workers, interruptions), then writes it as JSON, HTML
     * and Markdown to the ledger bucket, and to the worker's report directory where there is one. Writing twice gives the same links.
     */
    ReportLinks write(RunReport report);
}
