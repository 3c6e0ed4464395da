package io.lifeboat.activity.metric;

import java.time.Instant;
import java.util.List;

/**
 * All figures of one moment.
 *
 * @param at the moment ages are counted to
 * @param policies one for each backup policy of each runbook
 * @param catalogues one for each place where a datastore's backups are kept
 * @param logs one for each of these places where its log is kept, too
 */
public record BackupFigures(
        Instant at, List<PolicyFigures> policies, List<CatalogueFigures> catalogues, List<LogFigures> logs) {
    public BackupFigures {
        policies = List.copyOf(policies);
        catalogues = List.copyOf(catalogues);
        logs = List.copyOf(logs);
    }
}
