package io.lifeboat.workflow.backup;

import io.lifeboat.workflow.run.RunPhase;
import io.lifeboat.workflow.run.Verdict;
import java.util.List;

/**
 * How a backup run ended. One in which something failed carries it in its failure's details.
 *
 * @param backups those that exist now
 * @param failures one sentence each
 */
public record BackupResult(
        String service,
        RunPhase phase,
        Verdict verdict,
        String headline,
        List<BackupReceipt> backups,
        List<String> failures) {
    public BackupResult {
        backups = List.copyOf(backups);
        failures = List.copyOf(failures);
    }
}
