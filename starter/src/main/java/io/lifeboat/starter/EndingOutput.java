package io.lifeboat.starter;

import io.lifeboat.workflow.report.ReportLinks;
import io.lifeboat.workflow.run.Verdict;
import java.util.Optional;

/**
 * How a run ended, for programs.
 *
 * @param exitCode number the command exits with
 */
record EndingOutput(
        int schemaVersion,
        String workflowId,
        Verdict verdict,
        String headline,
        Optional<ReportLinks> report,
        int exitCode) {
    /** Prints it in the form asked for and returns the number. */
    static int print(Console console, OutputOptions output, Run run, Ending ending) {
        Optional<ReportLinks> report = ending.report().or(() -> linksOf(run));
        if (output.isJson()) {
            Json.print(
                    console,
                    new EndingOutput(
                            1,
                            run.workflowId(),
                            ending.verdict(),
                            ending.headline(),
                            report,
                            ending.exitCode().number()));
        } else {
            console.out().println(ending.verdict() + ": " + ending.headline());
            report.ifPresent(r -> console.out().println("Report: " + r.html()));
            console.out().flush();
        }
        return ending.exitCode().number();
    }

    private static Optional<ReportLinks> linksOf(Run run) {
        try {
            return run.status().report();
        } catch (RuntimeException noWorker) {
            return Optional.empty();
        }
    }
}
