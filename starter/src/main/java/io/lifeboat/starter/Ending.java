package io.lifeboat.starter;

import io.lifeboat.workflow.report.Objective;
import io.lifeboat.workflow.report.ReportFigures;
import io.lifeboat.workflow.report.ReportLinks;
import io.lifeboat.workflow.report.RunReport;
import io.lifeboat.workflow.run.Verdict;
import java.util.Optional;

/**
 * How a run ended.
 *
 * @param verdict as the run gave it
 * @param headline one sentence
 */
record Ending(Verdict verdict, String headline, Optional<ReportLinks> report, ExitCode exitCode) {
    /** What every procedure's result says, whatever else is in it. */
    record Result(Verdict verdict, String headline, Optional<ReportLinks> report) {}

    static Ending recovered(Result result) {
        return new Ending(result.verdict(), result.headline(), result.report(), code(result));
    }

    static Ending notRecovered(Throwable failure) {
        return new Ending(Verdict.RED, Failures.sentence(failure), Optional.empty(), Failures.exitCode(failure));
    }

    private static ExitCode code(Result result) {
        return switch (result.verdict()) {
            case GREEN -> ExitCode.OK;
            case AMBER ->
                result.report()
                                .flatMap(StoredReport::find)
                                .filter(Ending::missed)
                                .isPresent()
                        ? ExitCode.OBJECTIVE_MISSED
                        : ExitCode.WARNINGS;
            case RED -> ExitCode.FAILED;
        };
    }

    /** Only the report knows why a verdict is amber. */
    private static boolean missed(RunReport report) {
        return ReportFigures.rto(report).outcome() == Objective.Outcome.MISSED
                || ReportFigures.rpo(report).outcome() == Objective.Outcome.MISSED;
    }
}
