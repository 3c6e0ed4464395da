package io.lifeboat.workflow.restore;

import io.lifeboat.workflow.report.ReportLinks;
import io.lifeboat.workflow.run.RunPhase;
import io.lifeboat.workflow.run.Verdict;
import java.util.Optional;

/**
 * How a restore ended that brought the service back. One that did not ends as a failure.
 *
 * @param kept name of the damaged database
 */
public record RestoreDatastoreResult(
        String service,
        String datastore,
        RunPhase phase,
        Verdict verdict,
        String headline,
        String region,
        long epoch,
        ReplacementReceipt replacement,
        String kept,
        Optional<ReportLinks> report) {}
